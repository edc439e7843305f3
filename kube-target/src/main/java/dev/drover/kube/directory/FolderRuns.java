package dev.drover.kube.directory;

import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a complete VM from runs that know nothing of it: of another state directory, or of another
 * working directory. The marker says that it is complete, and {@code disks/.run}, which git ignores
 * as it ignores the disks, by which run. A run that died between its last file and its ledger's
 * note of it resumes under its own id and goes on.
 */
final class FolderRuns {
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern PROCESS =
      Pattern.compile("process ([0-9]{1,18}) on ([A-Za-z0-9._-]{1,255})");
  private static final String HOST = host();

  private final String own;
  private final Set<String> known;

  /**
   * For one run.
   *
   * @param earlier runs whose work it goes on with
   */
  FolderRuns(String own, Set<String> earlier) {
    this.own = own;
    this.known = new HashSet<>(earlier);
    known.add(own);
  }

  /**
   * Who moved the VM, where it is here, complete, and this run may not touch it. A folder without
   * disks, as git brings it, holds nothing that could be lost.
   */
  Optional<String> movedByAnother(VmFolder folder, TargetVm vm) throws IOException {
    Optional<Marker> marker = Marker.read(folder);
    if (marker.isEmpty()
        || !marker.get().ref().equals(vm.source())
        || !marker.get().saysComplete()
        || marker.get().disks().keySet().stream().noneMatch(disk -> isThere(folder, disk))) {
      return Optional.empty();
    }
    String run = read(folder);
    return known.contains(run)
        ? Optional.empty()
        : Optional.of(run.isEmpty() ? "a run that left no name" : "run " + run);
  }

  private static boolean isThere(VmFolder folder, String disk) {
    return Files.exists(folder.path().resolve(disk), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Who writes the VM, as far as it is known; only asked where somebody does.
   *
   * @return {@code run 20261125-041010-1a2b (process 4711 on host1)}
   */
  static String holder(VmFolder folder) throws IOException {
    String run = read(folder);
    List<String> lines = lines(folder);
    Matcher process = PROCESS.matcher(lines.size() < 2 ? "" : lines.get(1));
    if (run.isEmpty() || !process.matches() || isDead(process)) {
      // It took the folder a moment ago, or has no disks to write.
      return "another run of Drover";
    }
    return "run " + run + " (" + process.group() + ")";
  }

  private static boolean isDead(Matcher process) {
    return process.group(2).equals(HOST)
        && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty();
  }

  /** Empty where there is none, or one that Drover did not write. */
  private static String read(VmFolder folder) throws IOException {
    List<String> lines = lines(folder);
    return lines.isEmpty() || !RUN_ID.matcher(lines.get(0)).matches() ? "" : lines.get(0);
  }

  private static List<String> lines(VmFolder folder) throws IOException {
    Path file = folder.path().resolve(VmFolder.RUN);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 500) {
      return List.of();
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip().lines().toList();
  }

  /** From now on it is this run's, and its lines say which process is at work. */
  void write(VmFolder folder) throws IOException {
    String process = "process " + ProcessHandle.current().pid() + " on " + HOST;
    WholeFile.write(folder.path().resolve(VmFolder.RUN), own + "\n" + process + "\n");
  }

  /** What this machine calls itself; no question to a name server, which may take long. */
  private static String host() {
    String name = System.getenv().getOrDefault("HOSTNAME", "");
    try {
      name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      // Another system than Linux.
    }
    String clean = name.replaceAll("[^A-Za-z0-9._-]", "-");
    return clean.isEmpty() ? "this-host" : clean;
  }
}
