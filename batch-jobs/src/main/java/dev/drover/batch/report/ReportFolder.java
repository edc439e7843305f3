package dev.drover.batch.report;

import dev.drover.mappings.failure.UsageFailed;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a report. A new report is written beside it and takes its place when it is whole;
 * one of Drover's own is replaced, and anything else is left alone.
 */
final class ReportFolder implements AutoCloseable {
  static final String PAGE = "index.html";
  static final String WORKBOOK = "report.xlsx";
  static final String JSON = "report.json";
  private static final Set<String> OWN = Set.of(PAGE, WORKBOOK, JSON);

  private final Path folder;
  private final Path beside;
  private final String mark = UUID.randomUUID().toString();

  private ReportFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.beside = sibling("part");
  }

  private Path sibling(String what) {
    return folder.resolveSibling("." + folder.getFileName() + "." + mark + "." + what);
  }

  /**
   * Refuses what must not be replaced, and touches nothing.
   *
   * @throws UsageFailed where a file or somebody's folder has the name
   */
  static void check(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    if (whole.getParent() == null) {
      throw new UsageFailed(folder.toString(), "is no folder for a report", "give another with -o");
    }
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageFailed(
          folder.toString(), "is there already, and is no folder", "give another with -o");
    }
    Set<String> foreign = foreign(whole);
    if (!foreign.isEmpty()) {
      throw new UsageFailed(
          folder.toString(),
          "holds more than a report of Drover's ("
              + foreign.stream().limit(3).collect(Collectors.joining(", "))
              + (foreign.size() > 3 ? ", …" : "")
              + "), which would be lost",
          "give a folder of its own with -o: " + folder.resolve("report"));
    }
  }

  private static Set<String> foreign(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(p -> !OWN.contains(p.getFileName().toString()) || Files.isDirectory(p))
          .map(p -> p.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UsageFailed(
          folder.toString(),
          "cannot be looked into",
          "give another folder with -o",
          dev.drover.mappings.failure.Retry.POINTLESS,
          e);
    }
  }

  /** Begins a report. */
  static ReportFolder begin(Path folder) throws IOException {
    check(folder);
    ReportFolder report = new ReportFolder(folder);
    Files.createDirectories(report.folder.getParent());
    Files.createDirectory(report.beside);
    return report;
  }

  Path page() {
    return beside.resolve(PAGE);
  }

  Path workbook() {
    return beside.resolve(WORKBOOK);
  }

  Path json() {
    return beside.resolve(JSON);
  }

  /** The report is whole: it takes its name. */
  void commit() throws IOException {
    check(folder);
    Path old = sibling("old");
    boolean replaced = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (replaced) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, folder);
    }
    if (replaced) {
      remove(old);
    }
  }

  /** Only what a report holds is removed, so that a mistake here cannot lose more. */
  private static void remove(Path folder) throws IOException {
    for (String name : List.of(PAGE, WORKBOOK, JSON)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  /** Without a {@link #commit()} before, removes what was written. */
  @Override
  public void close() throws IOException {
    if (Files.exists(beside)) {
      remove(beside);
    }
  }
}
