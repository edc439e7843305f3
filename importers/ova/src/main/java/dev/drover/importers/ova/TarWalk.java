package dev.drover.importers.ova;

import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the headers of a tar. The blocks are parsed by commons-compress; the walk itself is
 * ours, since its readers make absolute names relative, take links and sparse files for files, and
 * hold a long name of any length in memory.
 */
final class TarWalk {
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
  private static final ZipEncoding UTF8 = ZipEncodingHelper.getZipEncoding("UTF-8");

  private final Path file;
  private final ForwardInput in;
  private final byte[] block = new byte[BLOCK];
  private long next;
  private PaxHeader pax = PaxHeader.NONE;
  private @Nullable String longName;

  /** What has content of any size, for a message. */
  private String lastFile = "an entry";

  TarWalk(Path file, ForwardInput in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Goes to the next regular file; the input stands at its content.
   *
   * @return null at the end
   * @throws HostileInput for an entry that no appliance has
   * @throws SourceFailed when the archive is cut off or is none
   */
  @Nullable TarMember next() throws IOException {
    while (true) {
      long header = next;
      if (!toNextBlock(header)) {
        return null;
      }
      TarArchiveEntry entry = parse(header);
      long size = isPlainFile(entry) ? pax.size(entry.getSize()) : size(entry);
      next = after(header, size, entry);
      switch (entry.getLinkFlag()) {
        case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG -> {
          if (!isOldDirectory(entry)) {
            TarMember file = member(header, entry, size);
            lastFile = "the entry " + SafeName.shown(file.name());
            return file;
          }
          forgetExtras();
        }
        case TarConstants.LF_DIR -> {
          checkedName(header, entry);
          forgetExtras();
        }
        case TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_EXTENDED_HEADER_UC ->
            pax = PaxHeader.parse(file, header, meta(header, size));
        case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER ->
            PaxHeader.parse(file, header, meta(header, size));
        case TarConstants.LF_GNUTYPE_LONGNAME -> longName = cString(meta(header, size));
        case TarConstants.LF_GNUTYPE_LONGLINK -> meta(header, size);
        default -> throw refused(header, entry);
      }
    }
  }

  /** Reads the content of the member that {@link #next} gave, which is at most 2^31 - 9 bytes. */
  byte[] content(TarMember member) throws IOException {
    byte[] bytes = new byte[(int) member.length()];
    if (in.read(bytes) < bytes.length) {
      throw cutOff(member.header(), "the entry " + SafeName.shown(member.name()), null);
    }
    return bytes;
  }

  private boolean toNextBlock(long header) throws IOException {
    try {
      in.skip(header - in.position());
    } catch (EOFException e) {
      throw cutOff(in.position(), lastFile, e);
    }
    int count = in.read(block);
    if (count == 0 && header > 0) {
      // The two zero blocks at the end are missing; nothing else is.
      return false;
    }
    if (count < BLOCK) {
      throw header == 0 ? noTar(header) : cutOff(header, "a header", null);
    }
    for (byte b : block) {
      if (b != 0) {
        return true;
      }
    }
    return false;
  }

  private TarArchiveEntry parse(long header) {
    if (!hasGoodChecksum()) {
      throw noTar(header);
    }
    try {
      return new TarArchiveEntry(block, UTF8, false);
    } catch (IOException | IllegalArgumentException e) {
      throw new SourceFailed(
          file + " at byte " + header,
          "the header of an archive entry is broken",
          "copy or export the appliance again",
          Retry.POINTLESS,
          e);
    }
  }

  private boolean hasGoodChecksum() {
    try {
      return TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      // The field for it holds no number.
      return false;
    }
  }

  private static boolean isPlainFile(TarArchiveEntry entry) {
    byte flag = entry.getLinkFlag();
    return flag == TarConstants.LF_NORMAL
        || flag == TarConstants.LF_OLDNORM
        || flag == TarConstants.LF_CONTIG;
  }

  private static long size(TarArchiveEntry entry) {
    // A link or directory carries no content, whatever its size field says.
    return entry.isDirectory() || entry.isLink() || entry.isSymbolicLink() ? 0 : entry.getSize();
  }

  private long after(long header, long size, TarArchiveEntry entry) {
    long room = Long.MAX_VALUE - header - 2L * BLOCK;
    if (size < 0 || size > room) {
      throw new HostileInput(
          file,
          header,
          "the entry " + SafeName.shown(entry.getName()) + " claims " + size + " bytes",
          "copy or export the appliance again");
    }
    return header + BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static boolean isOldDirectory(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_OLDNORM && entry.getName().endsWith("/");
  }

  private TarMember member(long header, TarArchiveEntry entry, long size) {
    String name = checkedName(header, entry);
    forgetExtras();
    return new TarMember(name, header, header + BLOCK, size);
  }

  private String checkedName(long header, TarArchiveEntry entry) {
    String name = pax.path() != null ? pax.path() : longName != null ? longName : entry.getName();
    String objection = SafeName.objection(name);
    if (objection != null) {
      throw new HostileInput(
          file,
          header,
          "the archive holds " + objection + ": " + SafeName.shown(name),
          "do not use this file; get the appliance from its publisher again");
    }
    return SafeName.plain(name);
  }

  private void forgetExtras() {
    pax = PaxHeader.NONE;
    longName = null;
  }

  private byte[] meta(long header, long size) throws IOException {
    if (size > Limits.TAR_META_BYTES) {
      throw new HostileInput(
          file,
          header,
          "an extended header of " + size + " bytes",
          "do not use this file; get the appliance from its publisher again");
    }
    byte[] bytes = new byte[(int) size];
    if (in.read(bytes) < bytes.length) {
      throw cutOff(header, "an extended header", null);
    }
    return bytes;
  }

  private static String cString(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private HostileInput refused(long header, TarArchiveEntry entry) {
    String kind =
        switch (entry.getLinkFlag()) {
          case TarConstants.LF_LINK -> "a hard link";
          case TarConstants.LF_SYMLINK -> "a symbolic link";
          case TarConstants.LF_CHR, TarConstants.LF_BLK -> "a device";
          case TarConstants.LF_FIFO -> "a named pipe";
          case TarConstants.LF_GNUTYPE_SPARSE -> "a sparse file";
          default -> "an entry of the unknown kind " + (entry.getLinkFlag() & 0xff);
        };
    return new HostileInput(
        file,
        header,
        "the archive holds " + kind + ": " + SafeName.shown(entry.getName()),
        "pack the appliance again with plain files only (tar --format=ustar, without --sparse)");
  }

  private SourceFailed noTar(long header) {
    return new SourceFailed(
        file + " at byte " + header,
        header == 0 ? "this is no tar archive" : "here should be the header of an archive entry",
        "copy or export the appliance again");
  }

  private SourceFailed cutOff(long at, String inside, @Nullable IOException cause) {
    return new SourceFailed(
        file + " at byte " + at,
        "the archive ends in the middle of " + inside,
        "the file is cut off: copy or download it again",
        Retry.POINTLESS,
        cause);
  }
}
