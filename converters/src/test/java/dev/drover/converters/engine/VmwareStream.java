package dev.drover.converters.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes a streamOptimized VMDK as VMware and VirtualBox do: tables behind their grains, directory,
 * footer, end-of-stream. Remembers where everything is, so that tests can break it.
 */
final class VmwareStream {
  static final int GRAIN = 64 << 10;
  static final int TABLE = 512;

  final List<Integer> grainsAt = new ArrayList<>();
  final List<Integer> tablesAt = new ArrayList<>();
  int directoryAt;
  int footerAt;
  int endAt;
  byte[] bytes = new byte[0];

  private final byte[] disk;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int[] table = new int[TABLE];
  private final ByteBuffer directory;
  private boolean tableUsed;

  private VmwareStream(byte[] disk) {
    this.disk = disk;
    int grains = (disk.length + GRAIN - 1) / GRAIN;
    int tables = (grains + TABLE - 1) / TABLE;
    this.directory =
        ByteBuffer.allocate((tables * 4 + 511) / 512 * 512).order(ByteOrder.LITTLE_ENDIAN);
  }

  static VmwareStream of(byte[] disk) {
    VmwareStream stream = new VmwareStream(disk);
    stream.write();
    return stream;
  }

  private void write() {
    out.writeBytes(header(-1).array());
    byte[] descriptor = descriptor().getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(descriptor);
    out.writeBytes(new byte[GRAIN - out.size()]);
    int grains = (disk.length + GRAIN - 1) / GRAIN;
    for (int i = 0; i < grains; i++) {
      grain(i);
      if ((i + 1) % TABLE == 0 || i + 1 == grains) {
        table(i / TABLE);
      }
    }
    directoryAt = out.size() + 512;
    metadata(2, directory.array());
    footerAt = out.size() + 512;
    metadata(3, header(directoryAt / 512).array());
    endAt = out.size();
    out.writeBytes(new byte[512]);
    bytes = out.toByteArray();
  }

  private void grain(int i) {
    byte[] plain = new byte[GRAIN];
    int n = Math.min(GRAIN, disk.length - i * GRAIN);
    System.arraycopy(disk, i * GRAIN, plain, 0, n);
    if (ZeroScan.isZero(plain, 0, GRAIN)) {
      return;
    }
    byte[] packed = deflate(plain, GRAIN);
    grainsAt.add(out.size());
    table[i % TABLE] = out.size() / 512;
    tableUsed = true;
    out.writeBytes(grainMarker((long) i * GRAIN / 512, packed));
  }

  /** A marker with its compressed bytes, padded to a sector. */
  static byte[] grainMarker(long lba, byte[] packed) {
    ByteBuffer marker = ByteBuffer.allocate((12 + packed.length + 511) / 512 * 512);
    marker.order(ByteOrder.LITTLE_ENDIAN).putLong(lba).putInt(packed.length).put(packed);
    return marker.array();
  }

  static byte[] deflate(byte[] plain, int length) {
    Deflater deflater = new Deflater(1);
    deflater.setInput(plain, 0, length);
    deflater.finish();
    byte[] packed = new byte[length * 2 + 64];
    int n = deflater.deflate(packed);
    deflater.end();
    return java.util.Arrays.copyOf(packed, n);
  }

  private void table(int number) {
    if (tableUsed) {
      ByteBuffer entries = ByteBuffer.allocate(TABLE * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int entry : table) {
        entries.putInt(entry);
      }
      tablesAt.add(out.size() + 512);
      directory.putInt(number * 4, out.size() / 512 + 1);
      metadata(1, entries.array());
    }
    java.util.Arrays.fill(table, 0);
    tableUsed = false;
  }

  private void metadata(int type, byte[] content) {
    ByteBuffer marker = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    marker.putLong(0, content.length / 512).putInt(12, type);
    out.writeBytes(marker.array());
    out.writeBytes(content);
  }

  private ByteBuffer header(long directorySector) {
    ByteBuffer b = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, 0x564d444b).putInt(4, 3).putInt(8, 0x30001);
    b.putLong(12, disk.length / 512).putLong(20, GRAIN / 512).putLong(28, 1).putLong(36, 20);
    b.putInt(44, TABLE).putLong(48, 0).putLong(56, directorySector).putLong(64, GRAIN / 512);
    b.put(73, (byte) '\n').put(74, (byte) ' ').put(75, (byte) '\r').put(76, (byte) '\n');
    return b.putShort(77, (short) 1);
  }

  private String descriptor() {
    return "# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\n"
        + "createType=\"streamOptimized\"\nRDONLY "
        + disk.length / 512
        + " SPARSE \"x.vmdk\"\nddb.adapterType = \"lsilogic\"\n";
  }
}
