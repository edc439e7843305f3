package dev.drover.converters.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * 4 MiB of a disk on the way from a source to a writer; used again and again. One thread has it at
 * a time: the source, then a worker, then the writer.
 */
final class Chunk {
  /** Reads the chunk's data, on a thread that may wait; null where the source has read it. */
  @Nullable Load load;

  /** What a worker does before it looks at the data, or null where the source filled it itself. */
  @Nullable Fill fill;

  /** Kept with the chunk, so that its buffer is used again. */
  @Nullable PackedGrains packed;

  final byte[] data;

  /** Where the chunk is on the disk; a multiple of {@link TreeDigest#CHUNK}. */
  long offset;

  /** Less than a chunk only at the end of the disk. */
  int length;

  /** Bit n: step n of {@link ZeroScan} is not all zeros. */
  long dataSteps;

  /** See {@link Cursor#mark}: of all that was stored up to the end of this chunk. */
  long mark;

  /** Digest over {@link #length} bytes. */
  byte[] leaf = new byte[0];

  Chunk(int room) {
    this.data = new byte[room];
  }

  /** Reads the bytes of a chunk. */
  @FunctionalInterface
  interface Load {
    /** Reads all of the chunk's {@code length} bytes. */
    void into(Chunk chunk) throws IOException;
  }

  /** Puts the bytes of a chunk where they belong. */
  @FunctionalInterface
  interface Fill {
    /**
     * Fills all of the chunk's {@code length} bytes.
     *
     * @throws dev.drover.mappings.failure.ConversionFailed where the input is damaged
     */
    void into(Chunk chunk);
  }

  /** Reads what the source left to be read. */
  Chunk loaded() {
    Load todo = load;
    load = null;
    if (todo != null) {
      try {
        todo.into(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** Fills, looks for zeros, hashes. */
  Chunk work() {
    Fill todo = fill;
    fill = null;
    if (todo != null) {
      todo.into(this);
    }
    dataSteps = ZeroScan.dataSteps(data, length);
    leaf = dataSteps == 0 ? TreeDigest.zeroLeaf(length) : TreeDigest.leaf(data, length);
    return this;
  }
}
