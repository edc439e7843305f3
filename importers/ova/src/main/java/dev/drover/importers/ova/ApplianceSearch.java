package dev.drover.importers.ova;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
          lookInto(path);
        } else {
          next = new Hit(path, id(path), tooDeep(path));
        }
      } else if (Candidate.isInteresting(String.valueOf(path.getFileName()))) {
        next = new Hit(path, id(path), objection(path));
      }
    } catch (IOException e) {
      next = new Hit(path, id(path), unlistable(path, e));
    }
  }

  private void lookInto(Path folder) throws IOException {
    Iterator<Path> inside = sorted(folder);
    if (!inside.hasNext() && Candidate.isInteresting(String.valueOf(folder.getFileName()))) {
      next = new Hit(folder, id(folder), Candidate.notAFile(folder, "is an empty folder"));
    }
    levels.push(inside);
  }

  /** Null where the file can be read; what is passed over is told, since it may be a VM. */
  private @Nullable SourceFailed objection(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Candidate.notAFile(path, "is a link that leads nowhere");
    }
    if (!path.toRealPath().startsWith(real)) {
      return Candidate.notAFile(path, "is a link that leads out of " + location);
    }
    if (!Files.isRegularFile(path)) {
      return Candidate.notAFile(path, "is no regular file");
    }
    if (!isFoundAgain(path)) {
      return new SourceFailed(
          path.toString(),
          "the name cannot be written in a plan: it holds a backslash, or bytes that are no letters"
              + " in this system's encoding",
          "rename the file, or the folder that it is in");
    }
    return null;
  }

  /** Whether the id, which is all that a plan keeps, leads back to these bytes of a name. */
  private boolean isFoundAgain(Path path) {
    try {
      return location.resolve(id(path)).equals(path);
    } catch (InvalidPathException e) {
      return false;
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
