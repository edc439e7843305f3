package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A descriptor with its package, read and ready to give its VMs one by one. */
final class Appliance {
  private final Envelope envelope;
  private final VmReader reader;
  private final DiskFiles files;

  private Appliance(Envelope envelope, VmReader reader, DiskFiles files) {
    this.envelope = envelope;
    this.reader = reader;
    this.files = files;
  }

  /**
   * @param all whether a compressed archive is read to its end, so that every disk can be found
   * @throws dev.drover.mappings.failure.Failure when it cannot be understood
   */
  static Appliance open(Candidate candidate, Options options, boolean all) {
    PackageFiles files = packageOf(candidate, options, all);
    List<String> descriptors = files.descriptors();
    if (descriptors.size() != 1) {
      throw new SourceFailed(
          candidate.file().toString(),
          descriptors.isEmpty()
              ? "there is no OVF descriptor in the archive"
              : "there are several OVF descriptors in the archive: "
                  + SafeName.shown(String.join(", ", descriptors)),
          descriptors.isEmpty()
              ? "check that this is an appliance, and export it again"
              : "split it into one archive for each descriptor, or unpack it into a folder");
    }
    return of(files, descriptors.get(0), options);
  }

  private static PackageFiles packageOf(Candidate candidate, Options options, boolean all) {
    Path file = candidate.file();
    if (candidate.kind() == Candidate.Kind.DESCRIPTOR) {
      return new FolderFiles(file);
    }
    boolean gzip = candidate.kind() == Candidate.Kind.GZIP_ARCHIVE;
    try {
      long limit =
          options.maxInflated() != null
              ? options.maxInflated()
              : GzipInput.defaultLimit(Files.size(file));
      return TarFiles.index(file, gzip ? Compression.GZIP : Compression.NONE, limit, all);
    } catch (IOException e) {
      throw Candidate.unreadable(file, e);
    }
  }

  private static Appliance of(PackageFiles files, String descriptor, Options options) {
    String shown =
        files instanceof FolderFiles ? files.file().toString() : files.shown(descriptor);
    byte[] bytes = files.small(descriptor, Limits.DESCRIPTOR_BYTES);
    if (bytes == null) {
      throw new SourceFailed(shown, "the descriptor is gone", "put it back and try again");
    }
    List<Finding> findings = new ArrayList<>();
    Manifest manifest = options.ignoreManifest() ? null : manifest(files, descriptor, findings);
    if (manifest != null) {
      manifest.check(descriptor, bytes, shown);
    }
    Envelope envelope = Envelope.of(XmlReader.read(bytes, shown));
    if (envelope.systems().isEmpty()) {
      throw new OvfInvalid(
          "OVF-102",
          envelope.root().place(),
          "there is no VM in the descriptor",
          "export the VM again; a descriptor needs a VirtualSystem");
    }
    DeploymentOption option = DeploymentOption.choose(envelope, options.configuration());
    DiskFiles diskFiles = new DiskFiles(files, envelope, manifest);
    return new Appliance(
        envelope, new VmReader(envelope, option, diskFiles, findings), diskFiles);
  }

  private static @Nullable Manifest manifest(
      PackageFiles files, String descriptor, List<Finding> findings) {
    String name = files.companion(descriptor, ".mf");
    byte[] bytes = name == null ? null : files.small(name, Limits.MANIFEST_BYTES);
    reportCertificate(files, descriptor, bytes, findings);
    if (name == null || bytes == null) {
      findings.add(
          Finding.info(
              "OVF-004",
              "the appliance has no manifest, so nobody can tell whether its disks are whole",
              "compare them with the publisher's checksums if there are any"));
      return null;
    }
    Manifest manifest = Manifest.parse(bytes, files.shown(name));
    findings.addAll(manifest.findings());
    return manifest;
  }

  private static void reportCertificate(
      PackageFiles files, String descriptor, byte @Nullable [] manifest, List<Finding> findings) {
    String name = files.companion(descriptor, ".cert");
    byte[] bytes = name == null ? null : files.small(name, Limits.MANIFEST_BYTES);
    if (name != null && bytes != null) {
      findings.add(
          new Certificate(Clock.systemUTC()).report(bytes, manifest, files.shown(name)));
    }
  }

  /** The descriptor's VMs in its order. */
  List<SystemNode> systems() {
    return envelope.systems();
  }

  /** The VM of this key, or null. */
  @Nullable SystemNode system(String key) {
    return envelope.systems().stream()
        .filter(s -> Objects.equals(s.key(), key))
        .findFirst()
        .orElse(null);
  }

  /**
   * @throws OvfInvalid when this one VM cannot be understood
   */
  OvfVm read(SystemNode system, VmRef ref) {
    return reader.read(system, ref);
  }

  DiskFiles files() {
    return files;
  }
}
