package dev.drover.converters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a copy did.
 *
 * @param how the path that the bytes took, for people: {@code streamOptimized VMDK in an OVA,
 *     decoded by Drover, to raw}
 * @param size virtual bytes
 * @param dataBytes bytes that were not known to be zeros
 * @param read digest of what was read, or null where the way gives none
 * @param sourceFiles digests over the source's own files that were checked against its manifest
 * @param warnings said to the user: confinement that this machine does not allow
 * @param path the line of {@link CopyPaths} that the disk took; null in records of older versions
 */
public record CopyResult(
    String how,
    long size,
    long dataBytes,
    @Nullable DiskDigest read,
    List<CheckedFile> sourceFiles,
    List<String> warnings,
    @Nullable CopyPath path) {
  public CopyResult {
    sourceFiles = List.copyOf(sourceFiles);
    warnings = List.copyOf(warnings);
  }

  /** Without the name of the way. */
  public CopyResult(
      String how,
      long size,
      long dataBytes,
      @Nullable DiskDigest read,
      List<CheckedFile> sourceFiles,
      List<String> warnings) {
    this(how, size, dataBytes, read, sourceFiles, warnings, null);
  }

  /** The same, with another word for the way. */
  CopyResult by(String way) {
    return new CopyResult(way, size, dataBytes, read, sourceFiles, warnings, path);
  }

  /** The same, with other warnings. */
  CopyResult warning(List<String> said) {
    return new CopyResult(how, size, dataBytes, read, sourceFiles, said, path);
  }

  /** The same, with one more warning. */
  public CopyResult alsoWarning(String said) {
    List<String> all = new java.util.ArrayList<>(warnings);
    all.add(said);
    return warning(all);
  }

  /** The same, on a way of the table. */
  CopyResult on(CopyPath taken) {
    return new CopyResult(how, size, dataBytes, read, sourceFiles, warnings, taken);
  }

  /** A file of the source whose bytes are what its manifest promises. */
  public record CheckedFile(String name, String algorithm, String hex) {}
}
