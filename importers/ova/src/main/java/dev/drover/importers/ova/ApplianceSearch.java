package dev.drover.importers.ova;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Finds descriptors and archives in a folder and the folders below, in the order of their names;
 * holds one listing a level. Links to folders are not followed; a link to a file is, unless it
 * leads out of the location.
 */
final class ApplianceSearch implements Iterator<ApplianceSearch.Hit> {
  /**
   * A file, or a folder that could not be searched.
   *
   * @param problem null for a file
   */
  record Hit(Path path, String id, @Nullable Failure problem) {}

  private final Path location;
  private final Path real;
  private final Deque<Iterator<Path>> levels = new ArrayDeque<>();
  private @Nullable Hit next;

  private ApplianceSearch(Path location, Path real) {
    this.location = location;
    this.real = real;
  }

  /**
   * @throws SourceFailed when the folder itself cannot be listed
   */
  static ApplianceSearch in(Path folder) {
    try {
      ApplianceSearch search = new ApplianceSearch(folder, folder.toRealPath());
      search.levels.push(sorted(folder));
      return search;
    } catch (IOException e) {
      throw unlistable(folder, e);
    }
  }

  private static Iterator<Path> sorted(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(paths::add);
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    paths.sort((a, b) -> a.toString().compareTo(b.toString()));
    return paths.iterator();
  }

  private static SourceFailed unlistable(Path folder, IOException cause) {
    return new SourceFailed(
        folder.toString(),
        "the folder cannot be listed",
        "check that it is there and its permissions",
        Retry.POINTLESS,
        cause);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !levels.isEmpty()) {
      Iterator<Path> level = levels.element();
      if (level.hasNext()) {
        look(level.next());
      } else {
        levels.pop();
      }
    }
    return next != null;
  }

  @Override
  public Hit next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Hit hit = next;
    next = null;
    return hit;
  }

  private void look(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        if (levels.size() < Limits.FOLDERS) {
          levels.push(sorted(path));
        } else {
          next = new Hit(path, id(path), tooDeep(path));
        }
      } else if (Candidate.isInteresting(String.valueOf(path.getFileName()))
          && Files.isRegularFile(path)
          && path.toRealPath().startsWith(real)) {
        next = new Hit(path, id(path), null);
      }
    } catch (IOException e) {
      next = new Hit(path, id(path), unlistable(path, e));
    }
  }

  private static SourceFailed tooDeep(Path path) {
    return new SourceFailed(
        path.toString(),
        "the folder is more than " + Limits.FOLDERS + " levels deep and is not searched",
        "name it as a source of its own");
  }

  private String id(Path path) {
    return location.relativize(path).toString().replace('\\', '/');
  }
}
