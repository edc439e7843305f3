package dev.drover.importers.ova;

import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.HostileInput;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index of an archive: where each file is, and the content of the descriptive ones. */
final class TarFiles implements PackageFiles {
  private final Path archive;
  private final Compression wrapping;
  private final Map<String, TarMember> members = new LinkedHashMap<>();
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private boolean complete;

  private TarFiles(Path archive, Compression wrapping) {
    this.archive = archive;
    this.wrapping = wrapping;
  }

  /**
   * Reads the headers.
   *
   * @param inflateLimit bytes that a gzip stream may give
   * @param all false stops behind the descriptor and the manifest where going on would cost
   *     inflating the disks
   */
  static TarFiles index(Path archive, Compression wrapping, long inflateLimit, boolean all) {
    TarFiles files = new TarFiles(archive, wrapping);
    boolean gzip = wrapping == Compression.GZIP;
    try (ForwardInput in =
        gzip ? new GzipInput(archive, inflateLimit) : new PlainInput(archive)) {
      files.fill(new TarWalk(archive, in), all || !gzip);
    } catch (IOException e) {
      throw new SourceFailed(
          archive.toString(),
          gzip ? "the gzip stream is broken or cut off" : "the archive cannot be read",
          "copy or download the file again",
          Retry.POINTLESS,
          e);
    }
    return files;
  }

  private void fill(TarWalk walk, boolean all) throws IOException {
    while (true) {
      TarMember member = walk.next();
      if (member == null) {
        complete = true;
        return;
      }
      if (!all && !isDescriptive(member.name()) && has(".ovf") && has(".mf")) {
        return;
      }
      add(member, walk);
    }
  }

  private void add(TarMember member, TarWalk walk) throws IOException {
    String name = member.name();
    if (members.size() >= Limits.ENTRIES) {
      throw new HostileInput(
          archive,
          member.header(),
          "the archive holds more than " + Limits.ENTRIES + " files",
          "do not use this file; get the appliance from its publisher again");
    }
    if (members.putIfAbsent(name, member) != null) {
      throw new HostileInput(
          archive,
          member.header(),
          "the archive holds two files of one name: " + SafeName.shown(name),
          "pack the appliance again with each file once");
    }
    if (isDescriptive(name)) {
      int limit = isKind(name, ".ovf") ? Limits.DESCRIPTOR_BYTES : Limits.MANIFEST_BYTES;
      if (member.length() > limit) {
        throw tooLarge(archive, member.header(), shown(name), limit);
      }
      contents.put(name, walk.content(member));
    }
  }

  /** What a descriptive file over its limit is answered with. */
  static HostileInput tooLarge(Path file, long at, String shown, int limit) {
    return new HostileInput(
        file,
        at,
        shown + " is larger than " + (limit >> 20) + " MiB, which no descriptor or manifest is",
        "get the appliance from its publisher again");
  }

  private boolean has(String extension) {
    return contents.keySet().stream().anyMatch(name -> isKind(name, extension));
  }

  /** Only files at the top describe the package. */
  private static boolean isDescriptive(String name) {
    return isKind(name, ".ovf") || isKind(name, ".mf") || isKind(name, ".cert");
  }

  private static boolean isKind(String name, String extension) {
    return name.toLowerCase(Locale.ROOT).endsWith(extension);
  }

  @Override
  public Path file() {
    return archive;
  }

  @Override
  public String shown(String name) {
    return archive + "!" + name;
  }

  @Override
  public List<String> descriptors() {
    return contents.keySet().stream().filter(name -> isKind(name, ".ovf")).toList();
  }

  @Override
  public byte @Nullable [] small(String name, int limit) {
    return contents.get(name);
  }

  @Override
  public @Nullable String companion(String descriptor, String extension) {
    String base = descriptor.replaceFirst("(?i)\\.ovf$", "");
    List<String> all = contents.keySet().stream().filter(n -> isKind(n, extension)).toList();
    // Renamed archives keep the old name of the descriptor or of the manifest now and then.
    return all.stream()
        .filter(name -> name.equalsIgnoreCase(base + extension))
        .findFirst()
        .orElse(all.size() == 1 ? all.get(0) : null);
  }

  @Override
  public @Nullable FilePart find(String name, @Nullable FileDigest expected) {
    TarMember member = members.get(SafeName.plain(name));
    return member == null
        ? null
        : new FilePart(
            archive.toAbsolutePath().normalize(),
            wrapping,
            member.offset(),
            member.length(),
            shown(member.name()),
            expected);
  }

  @Override
  public boolean complete() {
    return complete;
  }
}
