package dev.drover.importers.ova;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file as it is; skipping costs nothing. */
final class PlainInput implements ForwardInput {
  private final FileChannel channel;
  private final long size;
  private long position;

  PlainInput(Path file) throws IOException {
    channel = FileChannel.open(file);
    size = channel.size();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int read(byte[] into) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // A channel may give less than asked for.
    }
    position += buffer.position();
    return buffer.position();
  }

  @Override
  public void skip(long count) throws IOException {
    if (count > size - position) {
      throw new EOFException((count - (size - position)) + " bytes are missing");
    }
    position += count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
