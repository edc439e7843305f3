package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.RateLimit;
import dev.drover.mappings.disk.DiskFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a copy goes, and how far an earlier one has come there. */
public final class CopyTarget implements AutoCloseable {
  private static final String AGAIN = ": it is copied from its beginning";
  private static final String GONE =
      "what was copied before the interruption is not there any more" + AGAIN;
  private static final String OTHER =
      "the source has changed since the copy was interrupted, or Drover has" + AGAIN;

  private final BlockWriter writer;
  private final RateLimit limit;
  private final @Nullable Checkpoints checkpoints;
  private final Checkpoints.@Nullable Saved saved;
  private final @Nullable String anew;

  private CopyTarget(
      BlockWriter writer,
      RateLimit limit,
      @Nullable Checkpoints checkpoints,
      Checkpoints.@Nullable Saved saved,
      @Nullable String anew) {
    this.writer = writer;
    this.limit = limit;
    this.checkpoints = checkpoints;
    this.saved = saved;
    this.anew = anew;
  }

  /** A writer that begins at the first byte. */
  public static CopyTarget of(BlockWriter writer, RateLimit limit) {
    return new CopyTarget(writer, limit, null, null, null);
  }

  /**
   * A local file, RAW or QCOW2.
   *
   * @param size bytes; -1 where the source ends the disk
   * @param checkpoints where the copy saves how far it is, and goes on from there, or null
   * @throws dev.drover.mappings.failure.TargetFailed when the file cannot be created
   */
  public static CopyTarget of(
      DiskDestination.LocalFile file,
      long size,
      RateLimit limit,
      @Nullable Checkpoints checkpoints) {
    Checkpoints.Saved saved = checkpoints == null ? null : checkpoints.load();
    if (saved != null) {
      ResumableWriter left = reopened(file, size, saved);
      if (left != null) {
        left.keep(true);
        return new CopyTarget(left, limit, checkpoints, saved, null);
      }
    }
    String anew = null;
    if (checkpoints != null) {
      anew = saved != null ? GONE : checkpoints.stale() ? OTHER : null;
      checkpoints.clear(); // before the file that it tells of goes away
    }
    return new CopyTarget(created(file, size), limit, checkpoints, null, anew);
  }

  private static ResumableWriter created(DiskDestination.LocalFile file, long size) {
    if (file.format() == DiskFormat.RAW) {
      return RawFileWriter.create(file.path(), size);
    }
    if (file.format() == DiskFormat.QCOW2) {
      return Qcow2Writer.create(file.path(), size, file.compress());
    }
    throw new IllegalArgumentException("no writer for " + file.format());
  }

  private static @Nullable ResumableWriter reopened(
      DiskDestination.LocalFile file, long size, Checkpoints.Saved saved) {
    return file.format() == DiskFormat.RAW
        ? RawFileWriter.reopen(file.path(), size, saved.at().offset())
        : Qcow2Writer.reopen(
            file.path(), size, file.compress(), saved.at().offset(), saved.writer());
  }

  /** Why an interrupted copy begins again, for people; null where it goes on, or is the first. */
  public @Nullable String anew() {
    return anew;
  }

  /** How far an earlier process has come. */
  Cursor begin() {
    return saved == null ? Cursor.START : saved.at();
  }

  BlockWriter writer() {
    return writer;
  }

  RateLimit limit() {
    return limit;
  }

  @Nullable Checkpoints checkpoints() {
    return checkpoints;
  }

  Checkpoints.@Nullable Saved saved() {
    return saved;
  }

  /** What was written is worth nothing: closing removes it, and nobody goes on with it. */
  public void giveUp() {
    if (checkpoints != null) {
      checkpoints.clear();
    }
    if (writer instanceof ResumableWriter file) {
      file.keep(false);
    }
  }

  /** Gives the disk its name. */
  void commit() throws IOException {
    writer.commit();
    if (checkpoints != null) {
      checkpoints.clear();
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
