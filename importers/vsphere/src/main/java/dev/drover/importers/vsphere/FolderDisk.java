package dev.drover.importers.vsphere;

import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A flat disk as its datastore's file gives it. Not thread-safe. */
final class FolderDisk implements BlockReader {
  private final FolderFile file;
  private final ReadAhead ahead;
  private final Turns.Turn turn;

  /**
   * Asks for nothing yet.
   *
   * @param turn is given back by {@link #close}
   */
  FolderDisk(FolderFile file, Turns.Turn turn) {
    this.file = file;
    this.ahead = new ReadAhead(file);
    this.turn = turn;
  }

  @Override
  public long size() {
    return file.size();
  }

  /** Nobody tells what is allocated. */
  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.DATA));
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    try {
      ahead.read(offset, into);
    } catch (Lasting e) {
      throw e.failure();
    }
  }

  @Override
  public void close() {
    ahead.close();
    turn.close();
  }
}
