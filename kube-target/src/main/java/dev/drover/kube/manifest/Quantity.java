package dev.drover.kube.manifest;

import dev.drover.mappings.model.ByteSize;

/** Kubernetes' notation of amounts. */
final class Quantity {
  private static final String[] SUFFIXES = {"Ki", "Mi", "Gi", "Ti"};

  private Quantity() {}

  /** Exact: with the largest binary suffix that leaves a whole number. */
  static String of(ByteSize size) {
    long value = size.bytes();
    String suffix = "";
    for (String next : SUFFIXES) {
      if (value == 0 || value % 1024 != 0) {
        break;
      }
      value /= 1024;
      suffix = next;
    }
    return value + suffix;
  }

  /** Thousandths of a CPU. */
  static String ofMillis(long millis) {
    return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
  }
}
