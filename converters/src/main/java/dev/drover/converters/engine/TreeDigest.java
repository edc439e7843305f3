package dev.drover.converters.engine;

import dev.drover.converters.DiskDigest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest {@code sha256-tree-4MiB} of a logical disk; docs/disk-digest.md specifies it. Leaves
 * come in ascending order and may be computed anywhere; this class only chains them, so that a disk
 * needs 32 bytes of memory for each GiB and known zeros cost 32 bytes of hashing for each 4 MiB. So
 * much is saved of it as well, when somebody goes on with a copy.
 */
final class TreeDigest {
  static final String ALGORITHM = "sha256-tree-4MiB";

  /** Bytes under a leaf; the last leaf of a disk may have less. */
  static final int CHUNK = 4 << 20;

  private static final int LEAF = 32;

  /** Under one of the digest's parts. */
  private static final int LEAVES = (int) (DiskDigest.PART / CHUNK);

  private static final byte[] MAGIC =
      "drover sha256-tree-4MiB\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZEROS = new byte[CHUNK];
  private static final byte[] ZERO_LEAVES = zeroLeaves();

  private final Sha256 root;
  private final MessageDigest sha256 = sha256();

  /** The leaves of the part that is not whole yet. */
  private final byte[] part = new byte[LEAVES * LEAF];

  private int partBytes;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private long size;

  TreeDigest() {
    this(new Sha256());
    root.update(MAGIC, 0, MAGIC.length);
    number(CHUNK);
  }

  private TreeDigest(Sha256 root) {
    this.root = root;
  }

  private void number(long value) {
    root.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value).array(), 0, Long.BYTES);
  }

  /** The leaf over the first {@code length} bytes. */
  static byte[] leaf(byte[] data, int length) {
    MessageDigest digest = sha256();
    digest.update(data, 0, length);
    return digest.digest();
  }

  /** The leaf over so many zeros. */
  static byte[] zeroLeaf(int length) {
    return length == CHUNK ? java.util.Arrays.copyOf(ZERO_LEAVES, LEAF) : leaf(ZEROS, length);
  }

  /**
   * Adds the leaf of the next {@code length} bytes, which are less than a chunk at the end only.
   */
  void add(byte[] leaf, int length) {
    if (size % CHUNK != 0) {
      throw new IllegalStateException("a leaf behind the last, short one");
    }
    chain(leaf, 0, leaf.length, length);
  }

  private void chain(byte[] leaves, int from, int count, long bytes) {
    root.update(leaves, from, count);
    System.arraycopy(leaves, from, part, partBytes, count);
    partBytes += count;
    size += bytes;
    if (size % DiskDigest.PART == 0) {
      endPart();
    }
  }

  private void endPart() {
    sha256.update(part, 0, partBytes);
    parts.writeBytes(sha256.digest());
    partBytes = 0;
  }

  /** Adds zeros; anything but a multiple of a chunk ends the disk. */
  void addZeros(long length) {
    if (size % CHUNK != 0) {
      throw new IllegalStateException("zeros behind the last, short leaf");
    }
    long left = length / CHUNK;
    while (left > 0) {
      int now = (int) Math.min(left, LEAVES - size / CHUNK % LEAVES);
      chain(ZERO_LEAVES, 0, now * LEAF, (long) now * CHUNK);
      left -= now;
    }
    if (length % CHUNK != 0) {
      add(zeroLeaf((int) (length % CHUNK)), (int) (length % CHUNK));
    }
  }

  /** Bytes that were added so far. */
  long size() {
    return size;
  }

  /** The digest of all that was added. To be called once. */
  DiskDigest finish() {
    if (size % DiskDigest.PART != 0) {
      endPart();
    }
    number(size);
    byte[] all = parts.toByteArray();
    List<String> hex = new ArrayList<>();
    for (int at = 0; at < all.length; at += LEAF) {
      hex.add(HexFormat.of().formatHex(all, at, at + LEAF));
    }
    return new DiskDigest(ALGORITHM, HexFormat.of().formatHex(root.digest()), size, hex);
  }

  /** Saves what was added so far: 32 bytes a GiB, and at most 8 KiB more. */
  void write(DataOutputStream to) throws IOException {
    to.writeLong(size);
    root.write(to);
    to.writeInt(parts.size());
    parts.writeTo(to);
    to.writeInt(partBytes);
    to.write(part, 0, partBytes);
  }

  /** One that goes on behind what was saved. */
  static TreeDigest read(DataInputStream from) throws IOException {
    long size = from.readLong();
    TreeDigest digest = new TreeDigest(Sha256.read(from));
    digest.size = size;
    digest.parts.writeBytes(from.readNBytes(from.readInt()));
    digest.partBytes = from.readInt();
    from.readFully(digest.part, 0, digest.partBytes);
    return digest;
  }

  private static byte[] zeroLeaves() {
    byte[] one = leaf(ZEROS, CHUNK);
    byte[] all = new byte[LEAVES * LEAF];
    for (int i = 0; i < LEAVES; i++) {
      System.arraycopy(one, 0, all, i * LEAF, LEAF);
    }
    return all;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
