package dev.drover.converters;

import dev.drover.converters.archive.Layers;
import dev.drover.converters.guard.GuardedExtent;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Computes digests of source files in a thread of its own while another program reads the same
 * bytes, so that they come from the disk once.
 */
final class ManifestCheck implements AutoCloseable {
  private static final int BLOCK = 256 << 10;

  private final FutureTask<List<CopyResult.CheckedFile>> task;
  private final @Nullable Thread thread;
  private volatile boolean closed;

  private ManifestCheck(List<FilePart> parts) {
    List<FilePart> promised = parts.stream().filter(p -> p.expected() != null).toList();
    Callable<List<CopyResult.CheckedFile>> work = () -> checkAll(promised);
    task = new FutureTask<>(work);
    thread = promised.isEmpty() ? null : new Thread(task, "drover-manifest");
  }

  /** Starts over the parts that have a digest to check. */
  static ManifestCheck of(List<FilePart> parts) {
    ManifestCheck check = new ManifestCheck(parts);
    if (check.thread == null) {
      check.task.run();
    } else {
      check.thread.setDaemon(true);
      check.thread.start();
    }
    return check;
  }

  /** Every file that the disk is read from: of the image, its pieces and its parents. */
  static List<FilePart> files(GuardedImage image) {
    Set<FilePart> parts = new LinkedHashSet<>(image.image().parts());
    image.extents().stream().map(GuardedExtent::part).forEach(parts::add);
    if (image.parent() != null) {
      parts.addAll(files(image.parent()));
    }
    return List.copyOf(parts);
  }

  /**
   * Waits for the result.
   *
   * @throws ConversionFailed when a file is not what its manifest promises
   */
  List<CopyResult.CheckedFile> join(Progress progress) {
    while (true) {
      try {
        return task.get(200, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (progress.cancelled()) {
          throw new ConversionFailed("the copy", "was interrupted", "start it again");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConversionFailed("the copy", "was interrupted", "start it again");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** A file that is not what its manifest promises is the better answer to why it is refused. */
  ConversionFailed explaining(ConversionFailed failure, Progress progress) {
    if (!progress.cancelled() && failure.retry() == Retry.POINTLESS) {
      try {
        join(progress);
      } catch (ConversionFailed wrong) {
        wrong.addSuppressed(failure);
        return wrong;
      }
    }
    return failure;
  }

  private List<CopyResult.CheckedFile> checkAll(List<FilePart> parts) {
    List<CopyResult.CheckedFile> checked = new ArrayList<>();
    for (FilePart part : parts) {
      checked.add(check(part));
    }
    return checked;
  }

  private CopyResult.CheckedFile check(FilePart part) {
    FileDigest expected = java.util.Objects.requireNonNull(part.expected());
    try (InputStream in = Layers.open(part)) {
      MessageDigest digest = MessageDigest.getInstance(expected.algorithm());
      byte[] block = new byte[BLOCK];
      int got;
      while (!closed && (got = in.read(block)) >= 0) {
        digest.update(block, 0, got);
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (!closed && !found.equals(expected.hex())) {
        throw mismatch(part, expected, found);
      }
      return new CopyResult.CheckedFile(part.name(), expected.algorithm(), found);
    } catch (NoSuchAlgorithmException e) {
      throw failed(part, "its manifest wants the unknown digest " + expected.algorithm(), e);
    } catch (IOException e) {
      throw failed(part, "cannot be read for its digest", e);
    }
  }

  private static ConversionFailed mismatch(FilePart part, FileDigest expected, String found) {
    return new ConversionFailed(
        part.name(),
        "its " + expected.algorithm() + " is " + found + ", the manifest says " + expected.hex(),
        "copy the file again; if it stays so, it was changed after its export: do not trust it");
  }

  private static ConversionFailed failed(FilePart part, String what, Exception e) {
    return new ConversionFailed(part.name(), what, "copy the file again", Retry.POINTLESS, e);
  }

  /** Stops the thread and waits for it, so that no file stays open. */
  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      boolean interrupted = Thread.interrupted();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
