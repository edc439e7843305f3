package dev.drover.mappings.assess;

import java.util.List;

/**
 * How much work a VM is.
 *
 * @param score the sum of the parts
 * @param parts what adds to it, the largest first
 */
public record Complexity(int score, List<Part> parts) {
  public Complexity {
    parts = List.copyOf(parts);
  }

  /** What adds to it, for people: {@code 3 disks}. */
  public record Part(String what, int points) {}
}
