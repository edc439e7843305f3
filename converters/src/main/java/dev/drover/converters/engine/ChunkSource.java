package dev.drover.converters.engine;

import java.io.IOException;

/** Cuts a disk into chunks. */
@FunctionalInterface
interface ChunkSource {
  /**
   * Gives the chunks that are not known to be zeros, in ascending order, and returns at the end of
   * the disk.
   *
   * @throws IOException when the source cannot be read
   */
  void produce(Sink sink) throws IOException, InterruptedException;

  /** Takes chunks. */
  interface Sink {
    /**
     * Where the disk begins that is still wanted: chunks before it are done already and need
     * neither be read nor put.
     */
    Cursor begin();

    /**
     * A chunk to fill; its data is what its last use left. Waits until one is free.
     *
     * @param offset a multiple of {@link TreeDigest#CHUNK}
     */
    Chunk take(long offset, int length) throws InterruptedException;

    /** Hands a chunk on. */
    void put(Chunk chunk) throws InterruptedException;

    /** Bytes up to this offset are zeros where no chunk was put; for progress in long gaps. */
    void passed(long offset) throws InterruptedException;
  }
}
