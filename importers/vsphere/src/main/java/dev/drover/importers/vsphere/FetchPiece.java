package dev.drover.importers.vsphere;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a piece of a file. What breaks is taken up again at the byte where it broke. */
final class FetchPiece implements Callable<byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(FetchPiece.class);
  private static final int MOST_TRIES = 5;

  /** A request that brought less has failed, lest a server that drips is waited for for ever. */
  private static final int SOME = 64 << 10;

  private final FolderFile file;
  private final long at;
  private final byte[] bytes;
  private int have;
  private int failures;
  private boolean renewed;

  FetchPiece(FolderFile file, long at, int length) {
    this.file = file;
    this.at = at;
    this.bytes = new byte[length];
  }

  /**
   * @throws Lasting when a further request does not help
   * @throws IOException when five requests in a row brought next to nothing
   */
  @Override
  public byte[] call() throws IOException {
    while (have < bytes.length) {
      int before = have;
      try {
        request();
      } catch (Lasting e) {
        throw e;
      } catch (FolderFile.SessionEnded e) {
        renewed = true;
      } catch (IOException e) {
        failures = have - before >= SOME ? 0 : failures + 1;
        goOnAfter(e);
      }
    }
    return bytes;
  }

  private void request() throws IOException {
    try (Transport.Open open = file.range(at + have, at + bytes.length - 1, renewed)) {
      long end = System.nanoTime() + file.limits().answer().toNanos();
      while (have < bytes.length) {
        int count = open.read(bytes, have, bytes.length - have);
        if (count < 0) {
          throw new EOFException("the answer ended before the range did");
        }
        have += count;
        renewed = false;
        if (have < bytes.length && System.nanoTime() - end > 0) {
          throw new IOException("the answer only drips");
        }
      }
    }
  }

  private void goOnAfter(IOException e) throws IOException {
    String where = file.label() + " at byte " + (at + have) + " of " + file.size();
    if (failures >= MOST_TRIES || Thread.currentThread().isInterrupted()) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
    LOG.info("{} broke: {}; going on there", where, e.getMessage());
    try {
      Thread.sleep(file.limits().pause().toMillis() << failures);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
