package dev.drover.converters.archive;

import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.archive.Blocks.Block;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream from its first byte to its last into blocks. */
final class StreamFeed implements Feed {
  private final DiskSource.Streamed source;
  private final Blocks blocks;
  private volatile @Nullable InputStream open;
  private volatile boolean stopped;
  private long position;

  StreamFeed(DiskSource.Streamed source, Blocks blocks) {
    this.source = source;
    this.blocks = blocks;
  }

  @Override
  public List<CheckedFile> checked() {
    return List.of();
  }

  @Override
  public void run() {
    try {
      Failure failure = read();
      if (!stopped) {
        blocks.end(failure);
      }
    } catch (InterruptedException e) {
      return; // closed; nobody listens
    }
  }

  private @Nullable Failure read() throws InterruptedException {
    try (InputStream in = source.opener().open()) {
      open = in;
      while (!stopped) {
        Block block = blocks.empty();
        block.length = in.readNBytes(block.bytes, 0, Blocks.SIZE);
        position += block.length;
        blocks.put(block);
        if (block.length < Blocks.SIZE) {
          break;
        }
      }
      open = null;
      return null;
    } catch (Failure e) {
      return e;
    } catch (IOException | RuntimeException e) {
      return new ConversionFailed(
          source.label(),
          "the source stopped giving it behind byte " + position,
          "check the connection to the source, then go on with \"drover resume\"",
          Retry.WORTHWHILE,
          e);
    }
  }

  /** A socket's read heeds no interrupt, and closing may wait for that read: so not here. */
  @Override
  public void stop() {
    stopped = true;
    InputStream in = open;
    if (in != null) {
      Thread closing = new Thread(() -> close(in), "drover-close " + source.label());
      closing.setDaemon(true);
      closing.start();
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      return; // given up all the same
    }
  }
}
