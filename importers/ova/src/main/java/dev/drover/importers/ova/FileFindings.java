package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.FilePart;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Says where the file of a disk is not as the descriptor promises. */
final class FileFindings {
  private final VmContext vm;

  FileFindings(VmContext vm) {
    this.vm = vm;
  }

  void report(OvfDisk disk, OvfFile file, @Nullable DiskFormat byUri, @Nullable DiskFormat byName) {
    if (byUri != null && byName != null && byUri != byName) {
      vm.warn(
          "OVF-023",
          "the descriptor calls the disk " + byUri + " and its file is named like " + byName,
          "correct ovf:format at " + disk.place() + " if the header of the file says otherwise",
          file.href());
    }
    if (file.compression() == null && Formats.compression(file.href()) != Compression.NONE) {
      vm.inform(
          "OVF-026",
          "the file's name shows a compression that the descriptor does not mention; it is undone",
          "nothing to do",
          file.href());
    }
    if (vm.files().files().complete()) {
      reportParts(file);
    }
  }

  private void reportParts(OvfFile file) {
    long total = 0;
    boolean unlisted = false;
    for (FilePart part : vm.files().parts(file)) {
      total += part.length();
      unlisted |= part.expected() == null;
    }
    if (unlisted && vm.files().manifest() != null) {
      vm.warn(
          "OVF-005",
          "the manifest has no digest for a disk; its bytes are taken as they are",
          "compare the file with its publisher's checksum by hand",
          file.href());
    }
    if (file.size() != null) {
      compareSizes(file, file.size(), total, unlisted);
    }
  }

  /** A digest decides better than a size that an exporter may have written wrongly. */
  private void compareSizes(OvfFile file, String written, long total, boolean withoutDigest) {
    BigDecimal promised = Units.number(written);
    String evidence = file.href() + ": " + total + " bytes, promised " + SafeName.shown(written);
    if (withoutDigest && promised != null && promised.compareTo(BigDecimal.valueOf(total)) > 0) {
      vm.block(
          "OVF-020",
          "a disk's file is shorter than the descriptor promises: it is cut off",
          "get the file again",
          evidence);
    } else if (promised == null || promised.compareTo(BigDecimal.valueOf(total)) != 0) {
      vm.warn(
          "OVF-020",
          "a disk's file does not have the size that the descriptor promises",
          "compare the file with its publisher's checksum by hand",
          evidence);
    }
  }
}
