package dev.drover.converters.engine;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that gets its name when it is whole. Until then it is {@code NAME.partial}; what an
 * earlier, killed process left there is overwritten.
 */
final class PartialFile implements Closeable {
  static final String SUFFIX = ".partial";

  private final Path path;
  private final Path partial;
  private final RandomAccessFile file;
  private final FileChannel channel;
  private final EarlyFlush early;
  private boolean committed;

  private PartialFile(Path path, Path partial) throws IOException {
    this.path = path;
    this.partial = partial;
    Files.deleteIfExists(partial); // never through a link that stands there
    Files.createFile(partial);
    this.file = new RandomAccessFile(partial.toFile(), "rw");
    this.channel = file.getChannel();
    this.early = new EarlyFlush(channel);
  }

  /**
   * Creates the partial file in a folder that exists.
   *
   * @throws ConversionFailed when it cannot
   */
  static PartialFile create(Path path) {
    Path absolute = path.toAbsolutePath();
    try {
      return new PartialFile(absolute, absolute.resolveSibling(absolute.getFileName() + SUFFIX));
    } catch (IOException e) {
      throw new ConversionFailed(
          path.toString(),
          "cannot be created",
          "check that the folder exists, that you may write there and that it has room",
          Retry.WORTHWHILE,
          e);
    }
  }

  void write(long offset, ByteBuffer data) throws IOException {
    for (long at = offset; data.hasRemaining(); ) {
      int n = channel.write(data, at);
      at += n;
      early.written(n);
    }
  }

  /** Makes the file that long, with a hole where nothing was written. */
  void setLength(long length) throws IOException {
    file.setLength(length);
  }

  void force() throws IOException {
    early.await();
    channel.force(true);
  }

  /** Makes the file durable, gives it its name and makes the name durable. */
  void commit() throws IOException {
    force();
    file.close();
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    committed = true;
    try (FileChannel folder = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (!committed) {
      Files.deleteIfExists(partial);
    }
  }
}
