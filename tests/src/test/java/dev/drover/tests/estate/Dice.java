package dev.drover.tests.estate;

import java.util.SplittableRandom;

/** Random choices that depend on a seed and a number alone, so that every sheet sees one estate. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, long number) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  boolean permille(int chance) {
    return random.nextInt(1000) < chance;
  }

  double share(double from, double to) {
    return from + random.nextDouble() * (to - from);
  }

  /** One of the values, each as often as its weight says. */
  <T> T of(T[] values, int... weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int rest = random.nextInt(total);
    for (int i = 0; i < weights.length; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return values[i];
      }
    }
    throw new AssertionError("weights");
  }

  <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Lower case, with dashes. */
  String uuid() {
    return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
  }
}
