package dev.drover.kube.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The list of all VMs in the target's folder, made from what is there. Several processes may write
 * it: each looks again after it wrote, so that the last look sees every folder.
 *
 * <p>A look takes time in proportion to the number of VMs. It is put off while looks would take
 * more than a tenth of the time, and done at the latest when the target is closed.
 */
final class TopKustomization {
  private static final String HEAD = "# Written by Drover from the folders beside it.\n";
  private static final int SHARE = 10;

  /** And the writer's process id behind it. */
  private static final String PARTIAL = "." + VmFolder.KUSTOMIZATION + ".";

  private final Path root;
  private final Path file;
  private boolean due;
  private long lastEnd;
  private long lastCost;

  TopKustomization(Path root) {
    this.root = root;
    this.file = root.resolve(VmFolder.KUSTOMIZATION);
  }

  /** Whether there is one that Drover may write. */
  boolean foreign() throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || !Files.readString(file, StandardCharsets.UTF_8).startsWith(HEAD);
  }

  /** A VM came or went. */
  synchronized void changed() throws IOException {
    due = true;
    if (System.nanoTime() - lastEnd >= SHARE * lastCost) {
      flush();
    }
  }

  /** A VM is about to come: the list is looked at again before the end. */
  synchronized void willChange() {
    due = true;
  }

  /** Brings the list up to date if anything happened. */
  synchronized void flush() throws IOException {
    if (!due || !Files.isDirectory(root) || foreign()) {
      return;
    }
    long start = System.nanoTime();
    removeLeftOvers();
    List<String> listed = look();
    while (true) {
      write(listed);
      List<String> now = look();
      if (now.equals(listed)) {
        break;
      }
      listed = now;
    }
    due = false;
    lastEnd = System.nanoTime();
    lastCost = lastEnd - start;
  }

  private void write(List<String> folders) throws IOException {
    if (folders.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path beside = root.resolve("." + VmFolder.KUSTOMIZATION + "." + ProcessHandle.current().pid());
    WholeFile.write(file, beside, HEAD + WriteManifests.kustomization(folders));
  }

  /** What killed processes left in the middle of a write. */
  private void removeLeftOvers() throws IOException {
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(root, PARTIAL + "*")) {
      for (Path partial : partials) {
        String pid = partial.getFileName().toString().substring(PARTIAL.length());
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          Files.deleteIfExists(partial);
        }
      }
    }
  }

  private List<String> look() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (Path namespace : folders(root)) {
      for (Path vm : folders(namespace)) {
        if (Files.isRegularFile(vm.resolve(VmFolder.MARKER))
            && Files.isRegularFile(vm.resolve(VmFolder.KUSTOMIZATION))) {
          found.add(namespace.getFileName() + "/" + vm.getFileName());
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<Path> folders(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> inside =
        Files.newDirectoryStream(parent, f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))) {
      inside.forEach(folders::add);
    } catch (NoSuchFileException e) {
      // Taken away by another process between two looks.
      return List.of();
    }
    return folders;
  }
}
