package dev.drover.converters;

import dev.drover.converters.engine.CopyEngine;
import dev.drover.converters.engine.CopyTarget;
import dev.drover.converters.engine.GrainsOutOfOrder;
import dev.drover.converters.engine.ImageStream;
import dev.drover.converters.guard.HeaderGuard;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;

/** Copies an image that its source gives once, straight to the target. */
final class StreamCopy {
  private final DiskSource.Streamed source;
  private final DiskDestination to;
  private final CopySettings settings;

  StreamCopy(DiskSource.Streamed source, DiskDestination to, CopySettings settings) {
    this.source = source;
    this.to = to;
    this.settings = settings;
  }

  CopyResult run(Progress progress) {
    return FromTheBeginning.run(source.declaredSize().bytes(), progress, this::pass);
  }

  private CopyResult pass(Progress progress) {
    try (ImageStream in = new ImageStream(source)) {
      ImageHeader header = HeaderGuard.check(source, in.head(progress::cancelled));
      String identity = source.label() + " " + header;
      try (CopyTarget target =
          Targets.open(
              to,
              header.virtualSize(),
              settings,
              file -> CopyIdentity.of(identity, file, header.virtualSize()))) {
        return Targets.run(
                source.label(), target, progress, () -> copy(in, header, target, progress))
            .on(CopyPath.ONE_PASS);
      }
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(source.label(), e);
    }
  }

  private CopyResult copy(
      ImageStream in, ImageHeader header, CopyTarget target, Progress progress) {
    try {
      return CopyEngine.copy(in, header, target, progress);
    } catch (GrainsOutOfOrder e) {
      throw new ConversionFailed(
          e.subject(),
          e.what(),
          "this disk cannot be read in one pass: export the VM to files, and give Drover those",
          Retry.POINTLESS,
          e);
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(source.label(), e);
    }
  }
}
