package dev.drover.mappings.failure;

import java.nio.file.Path;

/**
 * A file holds what no honest writer puts there, or what Drover refuses on purpose: a path out of
 * the archive, a backing file, sizes that contradict each other. Carries the place in the file.
 */
public final class HostileInput extends ConversionFailed {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * @param offset bytes from the start of the file, or -1 where no single place is to blame
   */
  public HostileInput(Path file, long offset, String what, String remedy) {
    this(file.toString(), offset, what, remedy);
  }

  /** As {@link #HostileInput(Path, long, String, String)}, of bytes that stand in no file. */
  public HostileInput(String file, long offset, String what, String remedy) {
    super(offset < 0 ? file : file + " at byte " + offset, what, remedy);
    this.file = file;
    this.offset = offset;
  }

  /** The file that was refused. */
  public Path file() {
    return Path.of(file);
  }

  /** Bytes from the start of the file, or -1. */
  public long offset() {
    return offset;
  }
}
