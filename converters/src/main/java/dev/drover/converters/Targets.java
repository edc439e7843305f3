package dev.drover.converters;

import dev.drover.converters.engine.Checkpoints;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.file.FullDisk;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.progress.Progress;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the target of a copy, and decides what becomes of it when the copy fails. */
final class Targets {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

  private Targets() {}

  /** Tells what a copy is, where one that was begun may go on. */
  @FunctionalInterface
  interface Identity {
    String of(DiskDestination.LocalFile file) throws java.io.IOException;
  }

  /**
   * Opens a target. A stream has no checkpoints: what it was sent cannot be gone on with.
   *
   * @param size bytes, or -1 where the end of the source tells (files only)
   * @param identity of the copy
   */
  static CopyTarget open(DiskDestination to, long size, CopySettings settings, Identity identity) {
    if (to instanceof DiskDestination.Stream stream) {
      return CopyTarget.of(stream.opener().open(size), settings.limit());
    }
    DiskDestination.LocalFile file = (DiskDestination.LocalFile) to;
    return CopyTarget.of(file, size, settings.limit(), checkpoints(file, size, settings, identity));
  }

  /** Where a copy to a file saves how far it is, or null. */
  static @org.jspecify.annotations.Nullable Checkpoints checkpoints(
      DiskDestination.LocalFile file, long size, CopySettings settings, Identity identity) {
    CopyCheckpoint store = settings.checkpoint();
    if (store == null) {
      return null;
    }
    try {
      return new Checkpoints(store, identity.of(file), size);
    } catch (java.io.IOException e) {
      throw LocalDiskCopier.unreadable(file.path().toString(), e);
    }
  }

  /**
   * What a damaged source gave is removed, and so is what filled the target: the other VMs need
   * that room. What was only interrupted is gone on with.
   */
  static CopyResult run(
      String label, CopyTarget target, Progress progress, Supplier<CopyResult> copy) {
    String anew = target.anew();
    if (anew != null) {
      LOG.info("{}: {}", label, anew);
    }
    try {
      return anew == null ? copy.get() : copy.get().alsoWarning(label + ": " + anew);
    } catch (ConversionFailed e) {
      boolean stopped = progress.cancelled() || Thread.currentThread().isInterrupted();
      if (e.retry() == Retry.POINTLESS && !stopped) {
        target.giveUp();
      }
      throw e;
    } catch (TargetFailed e) {
      if (FullDisk.causes(e)) {
        target.giveUp();
      }
      throw e;
    }
  }
}
