package dev.drover.mappings.failure;

/** Whether trying the same thing again may help. */
public enum Retry {
  /** The cause may pass by itself: a time-out, a busy server, a reset connection. */
  WORTHWHILE,
  /** The same input gives the same failure. */
  POINTLESS
}
