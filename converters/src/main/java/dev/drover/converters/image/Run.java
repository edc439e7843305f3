package dev.drover.converters.image;

import java.io.IOException;

/** A run of the disk that is stored in one way. */
sealed interface Run {
  /** Bytes of the disk, at least 1. */
  long length();

  /**
   * Reads as zeros.
   *
   * @param allocated whether the image keeps space for it
   */
  record Zeros(long length, boolean allocated) implements Run {}

  /**
   * Stands in the image as it is.
   *
   * @param place byte of the image
   */
  record Plain(long length, long place) implements Run {}

  /** Is not in this image: what it is a delta of decides, and without that it is a hole. */
  record Below(long length) implements Run {}

  /**
   * The rest of a compressed piece.
   *
   * @param within where the run begins in the unpacked piece
   * @param whole bytes of the unpacked piece
   */
  record Packed(long length, int within, int whole, Content piece) implements Run {}

  /** Unpacks a piece. */
  @FunctionalInterface
  interface Content {
    /** Writes the whole piece, {@code whole} bytes of it. */
    void into(byte[] target, int at) throws IOException;
  }
}
