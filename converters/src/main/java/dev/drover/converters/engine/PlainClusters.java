package dev.drover.converters.engine;

import dev.drover.converters.file.PartialFile;
import java.nio.ByteBuffer;

/** Clusters as they are; those that stand in a row are written at once. */
final class PlainClusters implements Qcow2Clusters {
  private final PartialFile file;
  private final Qcow2Space space;
  private final Qcow2Tables tables;

  PlainClusters(PartialFile file, Qcow2Space space, Qcow2Tables tables) {
    this.file = file;
    this.space = space;
    this.tables = tables;
  }

  @Override
  public void write(long offset, ByteBuffer data) {
    int length = data.remaining();
    int runFrom = 0;
    int runLength = 0;
    long runAt = 0;
    for (int from = 0; from < length; from += Qcow2Format.CLUSTER) {
      if (Qcow2Clusters.isZero(data, from)) {
        continue;
      }
      tables.select(offset + from);
      long at = space.allocate();
      tables.put(offset + from, at | Qcow2Format.COPIED);
      if (runLength == 0 || at != runAt + runLength || from != runFrom + runLength) {
        writeRun(runAt, data, runFrom, runLength);
        runAt = at;
        runFrom = from;
        runLength = 0;
      }
      runLength += Qcow2Format.CLUSTER;
    }
    writeRun(runAt, data, runFrom, runLength);
  }

  private void writeRun(long at, ByteBuffer data, int from, int length) {
    if (length > 0) {
      file.write(at, data.slice(from, length));
    }
  }

  @Override
  public void finish() {}
}
