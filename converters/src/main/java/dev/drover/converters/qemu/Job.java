package dev.drover.converters.qemu;

import java.nio.file.Path;
import java.util.List;

/**
 * One call of qemu-img.
 *
 * @param subject what the user knows it as: the disk's label
 * @param words behind the program's name
 * @param readable files that it opens, absolute
 * @param writable files that it writes; they exist already
 * @param largest bytes of the largest file that it may write
 */
record Job(
    String subject, List<String> words, List<Path> readable, List<Path> writable, long largest) {
  Job {
    words = List.copyOf(words);
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
  }

  static Job reading(String subject, List<String> words, List<Path> readable) {
    return new Job(subject, words, readable, List.of(), 1 << 20);
  }
}
