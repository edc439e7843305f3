package dev.drover.batch.steps;

import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks the state of a disk's files at the source by their names, lengths and times, as make does:
 * cheap, and enough to see that an appliance was replaced between a run and its continuation.
 */
final class Origin {
  private Origin() {}

  /** The mark; two of them are compared and nothing else. */
  static String of(DiskSource source) {
    if (source instanceof DiskSource.ImageFile image) {
      List<String> marks = new ArrayList<>();
      for (DiskSource.ImageFile one = image; one != null; one = parentOf(one)) {
        one.parts().forEach(part -> marks.add(mark(part)));
        one.siblings().forEach(part -> marks.add(mark(part)));
      }
      return String.join("; ", marks);
    }
    if (source instanceof DiskSource.Blank blank) {
      return "blank " + blank.size().bytes();
    }
    if (source instanceof DiskSource.Remote remote) {
      return "remote " + remote.address() + " " + remote.identity();
    }
    if (source instanceof DiskSource.Streamed streamed) {
      return "stream " + streamed.label() + " " + streamed.declaredSize().bytes();
    }
    return "blocks " + source.label();
  }

  private static DiskSource.@Nullable ImageFile parentOf(DiskSource.ImageFile image) {
    return image.parent();
  }

  private static String mark(FilePart part) {
    Path file = part.file().toAbsolutePath().normalize();
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return file
          + "@"
          + part.offset()
          + "+"
          + part.length()
          + " "
          + now.size()
          + " "
          + now.lastModifiedTime();
    } catch (IOException e) {
      // The copy itself says what is wrong with it; here it is only not the same as before.
      return file + " unreadable";
    }
  }
}
