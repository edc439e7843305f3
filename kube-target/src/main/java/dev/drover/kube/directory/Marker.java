package dev.drover.kube.directory;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param complete whether all files are there: set last, and taken away before one is written again
 * @param disks the size of each disk in bytes, by its file
 * @param files all that Drover made or is about to make, relative to the folder, sorted
 */
record Marker(
    String apiVersion,
    String kind,
    String source,
    String id,
    String sourceName,
    @Nullable Boolean complete,
    @Nullable Map<String, Long> disks,
    List<String> files) {
  private static final String API_VERSION = "drover.dev/v1alpha1";
  private static final String KIND = "VmFolder";
  private static final long LONGEST = 4L << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Marker {
    complete = complete != null && complete;
    disks = Collections.unmodifiableMap(disks == null ? new TreeMap<>() : new TreeMap<>(disks));
    files = List.copyOf(new TreeSet<>(files));
  }

  /** Before the VM's files are written. */
  static Marker begun(TargetVm vm, List<String> files) {
    return of(vm, false, files);
  }

  /** When they all are. */
  static Marker whole(TargetVm vm) {
    return of(vm, true, VmFolder.files(vm));
  }

  private static Marker of(TargetVm vm, boolean complete, List<String> files) {
    Map<String, Long> sizes = new TreeMap<>();
    vm.disks().forEach(disk -> sizes.put(VmFolder.diskFile(disk), disk.size().bytes()));
    return new Marker(
        API_VERSION,
        KIND,
        vm.source().source(),
        vm.source().id(),
        vm.sourceName(),
        complete,
        sizes,
        files);
  }

  boolean saysComplete() {
    return Boolean.TRUE.equals(complete);
  }

  @Override
  public Map<String, Long> disks() {
    return disks == null ? Map.of() : disks;
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
      if (!KIND.equals(marker.kind())
          || !marker.files().stream().allMatch(Marker::inside)
          || !marker.disks().keySet().stream().allMatch(Marker::inside)) {
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
