package dev.drover.importers.rvtools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vCenters of all exports, by their VI SDK UUID; where that is missing by their address; and
 * where nothing tells, one for the export. Each has a number.
 */
final class Vcenters {
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** UUIDs by address, since some sheets have the one and some the other. */
  private final Map<String, String> uuids = new HashMap<>();

  private final Map<Export, Integer> sole = new HashMap<>();

  Vcenters(List<Export> exports) {
    for (Export export : exports) {
      for (int[] row : export.rows(Topic.INFO)) {
        String uuid = lower(export.text(Topic.INFO, row, Field.SERVER_UUID));
        String server = lower(export.text(Topic.INFO, row, Field.SERVER));
        if (uuid != null && server != null) {
          uuids.putIfAbsent(server, uuid);
        }
      }
    }
    for (Export export : exports) {
      Set<Integer> seen = new LinkedHashSet<>();
      for (int[] row : export.rows(Topic.INFO)) {
        int number = told(export, Topic.INFO, row);
        if (number >= 0) {
          seen.add(number);
        }
      }
      sole.put(export, seen.size() == 1 ? seen.iterator().next() : number("export " + export.name));
    }
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private int number(String key) {
    return numbers.computeIfAbsent(
        key,
        k -> {
          names.add(k);
          return names.size() - 1;
        });
  }

  private int told(Export export, Topic topic, int[] row) {
    String uuid = lower(export.text(topic, row, Field.SERVER_UUID));
    if (uuid != null) {
      return number(uuid);
    }
    String server = lower(export.text(topic, row, Field.SERVER));
    return server == null ? -1 : number(uuids.getOrDefault(server, server));
  }

  /** The number of the vCenter that a row is of. */
  int of(Export export, Topic topic, int[] row) {
    int told = told(export, topic, row);
    Integer only = sole.get(export);
    return told >= 0 || only == null ? told : only;
  }

  /** The UUID, else the address, else {@code export NAME}. */
  String name(int number) {
    return names.get(number);
  }
}
