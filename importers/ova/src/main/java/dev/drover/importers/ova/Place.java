package dev.drover.importers.ova;

/**
 * Where something stands in a descriptor.
 *
 * @param file as the user knows it: {@code web.ova!web.ovf}
 * @param line from 1; 0 where only the file is known
 * @param column from 1; 0 where only the file is known
 */
record Place(String file, int line, int column) {
  /** The file and no place in it. */
  static Place in(String file) {
    return new Place(file, 0, 0);
  }

  /** {@code web.ovf:12:7}. */
  @Override
  public String toString() {
    return line < 1 ? file : file + ":" + line + ":" + column;
  }
}
