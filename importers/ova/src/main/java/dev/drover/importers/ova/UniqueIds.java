package dev.drover.importers.ova;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives out ids: as wished, or with {@code ~2}, {@code ~3} where the wish is taken. */
final class UniqueIds {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  String next(String wish) {
    String id = wish;
    while (!taken.add(id)) {
      id = wish + "~" + counts.merge(wish, 2, (old, two) -> old + 1);
    }
    return id;
  }
}
