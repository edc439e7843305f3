package dev.drover.importers.ova;

import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that belong to a descriptor: beside it in a folder, or with it in an archive. */
sealed interface PackageFiles permits FolderFiles, TarFiles {
  /** The file on disk that messages name: the descriptor or the archive. */
  Path file();

  /** What the user calls a file of the package: {@code web.ova!disk1.vmdk}. */
  String shown(String name);

  /** Names of the package's descriptors. */
  List<String> descriptors();

  /**
   * The bytes of a descriptor, manifest or certificate, or null where there is none of that name.
   *
   * @param limit bytes at most
   * @throws dev.drover.mappings.failure.HostileInput when it is larger
   */
  byte @Nullable [] small(String name, int limit);

  /** The one manifest or certificate that goes with a descriptor, or null. */
  @Nullable String companion(String descriptor, String extension);

  /**
   * Where a file is.
   *
   * @param expected its digest by the manifest, or null
   * @return null where the package has no such file
   * @throws dev.drover.mappings.failure.Failure when the name leads out of the package, or to
   *     something that is no plain file
   */
  @Nullable FilePart find(String name, @Nullable FileDigest expected);

  /** Whether {@link #find} knows all files, so that null means missing. */
  boolean complete();
}
