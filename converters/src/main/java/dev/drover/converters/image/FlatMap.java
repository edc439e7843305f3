package dev.drover.converters.image;

/**
 * A disk whose bytes stand in a row: a raw image, a flat extent, a fixed VHD.
 *
 * @param start byte of the image
 * @param size bytes of the disk
 */
record FlatMap(long start, long size) implements PieceMap {
  @Override
  public Run run(long offset) {
    return new Run.Plain(size - offset, start + offset);
  }
}
