package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a location, in the groups that are one export each, in the order of their names. */
final class ExportFiles {
  /** What a search of a folder looks at; the content decides what it is. */
  private static final Set<String> ENDINGS = Set.of("xlsx", "xlsm", "xlsb", "xls", "csv", "tsv");

  private final Path location;
  private final Map<String, List<Found>> groups = new LinkedHashMap<>();
  private final List<Discovery> problems = new ArrayList<>();

  private ExportFiles(Path location) {
    this.location = location;
  }

  /**
   * A file.
   *
   * @param name its path from the location
   */
  record Found(Path path, String name, FileKind kind) {}

  /**
   * @throws SourceFailed when the folder cannot be read or holds nothing of use
   */
  static ExportFiles in(Path location) {
    ExportFiles files = new ExportFiles(location);
    if (!Files.isDirectory(location)) {
      files.add(location, String.valueOf(location.getFileName()));
    } else {
      files.search();
    }
    return files;
  }

  private void search() {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(location, Limits.FOLDERS)) {
      all = tree.filter(this::isInteresting).limit(Limits.FILES + 1L).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new SourceFailed(
          location.toString(), "the folder cannot be read", "check it", Retry.POINTLESS, e);
    }
    if (all.isEmpty() || all.size() > Limits.FILES) {
      throw new SourceFailed(
          location.toString(),
          all.isEmpty()
              ? "the folder holds no .xlsx and no .csv"
              : "the folder holds too many files",
          "name the folder into which RVTools exported");
    }
    for (Path path : all) {
      add(path, location.relativize(path).toString().replace('\\', '/'));
    }
  }

  /** Not the lock files that office programs put beside an open workbook. */
  private boolean isInteresting(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.startsWith(".")
        && !name.startsWith("~$")
        && Files.isRegularFile(path);
  }

  private void add(Path path, String name) {
    try {
      FileKind kind = FileKind.of(path, name);
      boolean ofSet = kind == FileKind.TEXT && Topic.named(fileName(name)) != null;
      String folder = name.substring(0, name.length() - fileName(name).length());
      String group = ofSet ? folder + Topic.without(fileName(name)) : name;
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new Found(path, name, kind));
    } catch (ExportInvalid e) {
      problems.add(unreadable(e));
    }
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  static Discovery unreadable(ExportInvalid e) {
    return new Discovery.Unreadable(e.subject(), Finding.blocker(e.code(), e.what(), e.remedy()));
  }

  /** By the name of the export: its file, or what its files' names share, a * for the sheet. */
  Map<String, List<Found>> groups() {
    return groups;
  }

  List<Discovery> problems() {
    return problems;
  }
}
