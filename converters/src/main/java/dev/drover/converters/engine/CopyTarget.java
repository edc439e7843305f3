package dev.drover.converters.engine;

import dev.drover.converters.BlockWriter;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.RateLimit;
import dev.drover.converters.file.FullDisk;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
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
  private final @Nullable String remark;

  private CopyTarget(
      BlockWriter writer,
      RateLimit limit,
      @Nullable Checkpoints checkpoints,
      Checkpoints.@Nullable Saved saved,
      @Nullable String anew,
      @Nullable String remark) {
    this.writer = writer;
    this.limit = limit;
    this.checkpoints = checkpoints;
    this.saved = saved;
    this.anew = anew;
    this.remark = remark;
  }

  /** A writer that begins at the first byte. */
  public static CopyTarget of(BlockWriter writer, RateLimit limit) {
    return new CopyTarget(writer, limit, null, null, null, null);
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
    try {
      return of(new FilePlace(file, size), limit, checkpoints, null);
    } catch (IOException e) {
      throw new IllegalStateException("files fail with words of their own", e);
    }
  }

  /**
   * A block device or an export of a server, written over in place; closed with the target, and at
   * once where this fails.
   *
   * @param size bytes of the disk; the medium may be larger, and what it has behind stays as it is
   * @param checkpoints as for files
   * @throws TargetFailed where the medium is smaller than the disk, or fails
   */
  public static CopyTarget of(
      Medium medium, long size, RateLimit limit, @Nullable Checkpoints checkpoints) {
    CopyTarget target = null;
    try {
      target = of(new MediumPlace(medium, size), limit, checkpoints, inPlace(medium));
      return target;
    } catch (IOException e) {
      throw new TargetFailed(
          medium.toString(),
          "it cannot be written",
          "check that it is there and may be written, then run again",
          FullDisk.causes(e) ? Retry.POINTLESS : Retry.WORTHWHILE,
          e);
    } finally {
      if (target == null) {
        closeQuietly(medium);
      }
    }
  }

  private static String inPlace(Medium medium) {
    return medium
        + " was written over in place: what it held is gone, and there was no second name for what"
        + " was not whole, so its first bytes were written last";
  }

  private static void closeQuietly(Medium medium) {
    try {
      medium.close();
    } catch (IOException e) {
      // Why it could not be used is what the user must read.
    }
  }

  private static CopyTarget of(
      Place place, RateLimit limit, @Nullable Checkpoints checkpoints, @Nullable String remark)
      throws IOException {
    Checkpoints.Saved saved = checkpoints == null ? null : checkpoints.load();
    if (saved != null) {
      ResumableWriter left = place.reopen(saved.at().offset(), saved.writer());
      if (left != null) {
        left.keep(true);
        return new CopyTarget(left, limit, checkpoints, saved, null, remark);
      }
    }
    String anew = null;
    if (checkpoints != null) {
      anew = saved != null ? GONE : checkpoints.stale() ? OTHER : null;
      checkpoints.clear(); // before the file that it tells of goes away
    }
    return new CopyTarget(place.create(), limit, checkpoints, null, anew, remark);
  }

  /** Where a disk is written, and an interrupted one is gone on with. */
  private interface Place {
    ResumableWriter create() throws IOException;

    /** Null where what was done is not there any more. */
    @Nullable ResumableWriter reopen(long done, byte[] state) throws IOException;
  }

  private record MediumPlace(Medium medium, long size) implements Place {
    @Override
    public ResumableWriter create() throws IOException {
      return InPlaceWriter.create(medium, size);
    }

    @Override
    public @Nullable ResumableWriter reopen(long done, byte[] state) throws IOException {
      return InPlaceWriter.reopen(medium, size, done, state);
    }
  }

  private record FilePlace(DiskDestination.LocalFile file, long size) implements Place {
    @Override
    public ResumableWriter create() {
      return switch (file.format()) {
        case RAW -> RawFileWriter.create(file.path(), size);
        case QCOW2 -> Qcow2Writer.create(file.path(), size, file.compress());
        default -> throw new IllegalArgumentException("no writer for " + file.format());
      };
    }

    @Override
    public @Nullable ResumableWriter reopen(long done, byte[] state) {
      return file.format() == DiskFormat.RAW
          ? RawFileWriter.reopen(file.path(), size, done)
          : Qcow2Writer.reopen(file.path(), size, file.compress(), done, state);
    }
  }

  /** Why an interrupted copy begins again, for people; null where it goes on, or is the first. */
  public @Nullable String anew() {
    return anew;
  }

  /** A result of a copy to here, with what the user must know of this kind of target. */
  CopyResult told(CopyResult result) {
    return remark == null ? result : result.alsoWarning(remark);
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
