package dev.drover.kube.directory;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What says that a VM's folder is Drover's: {@code .drover.json}. It is there before any other file
 * of the VM, and goes last. It names no run and no time, so that a second run of the same plan
 * changes nothing in git; the evidence has both.
 *
 * @param source the name of the source in the plan
 * @param id of the VM there
 * @param sourceName the VM's name there
 * @param files all that Drover made or is about to make, relative to the folder, sorted
 */
record Marker(
    String apiVersion,
    String kind,
    String source,
    String id,
    String sourceName,
    List<String> files) {
  private static final String API_VERSION = "drover.dev/v1alpha1";
  private static final String KIND = "VmFolder";
  private static final long LONGEST = 4L << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Marker {
    files = List.copyOf(new TreeSet<>(files));
  }

  static Marker of(TargetVm vm, List<String> files) {
    return new Marker(
        API_VERSION, KIND, vm.source().source(), vm.source().id(), vm.sourceName(), files);
  }

  /**
   * Empty where there is none.
   *
   * @throws Unreadable for one that Drover did not write like that
   */
  static Optional<Marker> read(VmFolder folder) throws IOException {
    Path file = folder.marker();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
      throw new Unreadable(file, null);
    }
    try {
      Marker marker = JSON.readValue(Files.readAllBytes(file), Marker.class);
      if (!KIND.equals(marker.kind()) || !marker.files().stream().allMatch(Marker::inside)) {
        throw new Unreadable(file, null);
      }
      marker.ref();
      return Optional.of(marker);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new Unreadable(file, e);
    }
  }

  /** Only the VM's folder and its disks: a marker is a text file that anybody can edit. */
  private static boolean inside(String file) {
    String name = file.startsWith(VmFolder.DISKS + "/") ? file.substring(6) : file;
    return !name.isEmpty()
        && !name.contains("/")
        && !name.contains("\\")
        && name.indexOf('\0') < 0
        && !name.equals(".")
        && !name.equals("..");
  }

  void write(VmFolder folder) throws IOException {
    WholeFile.write(folder.marker(), JSON.writeValueAsString(this) + "\n");
  }

  VmRef ref() {
    return new VmRef(source, id);
  }

  /** A marker that is not as Drover writes it. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(Path file, @Nullable Throwable cause) {
      super(file + " is not as Drover writes it", cause);
    }
  }
}
