package dev.drover.batch.cli;

import dev.drover.mappings.model.SourceVm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is different between two states of one VM, by the names that the inventory file uses. */
final class VmDifferences {
  /**
   * One value.
   *
   * @param path {@code memory.size}, {@code disks[2000].size}
   * @param before empty where there was none
   * @param after empty where there is none any more
   */
  record Change(String path, String before, String after) {}

  /** Changes by itself from one hour to the next, and says nothing of the VM. */
  private static final Pattern RESTLESS =
      Pattern.compile(
          "disks\\[.*\\]\\.(used|changeId)|guest\\.filesystems.*|placement\\.host|findings.*");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final boolean all;
  private final List<Change> changes = new ArrayList<>();

  private VmDifferences(boolean all) {
    this.all = all;
  }

  /** The VM as a tree, for {@link #between}. */
  static JsonNode tree(SourceVm vm) {
    return JSON.valueToTree(vm);
  }

  /**
   * The changes in the order of the fields.
   *
   * @param all also what changes by itself
   */
  static List<Change> between(JsonNode before, JsonNode after, boolean all) {
    VmDifferences found = new VmDifferences(all);
    found.compare("", before, after);
    return found.changes;
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    if (before.equals(after) || !all && RESTLESS.matcher(path).matches()) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name));
      }
    } else if (isById(before) && isById(after)) {
      Set<String> ids = new TreeSet<>(ids(before));
      ids.addAll(ids(after));
      for (String id : ids) {
        compare(path + "[" + id + "]", item(before, id), item(after, id));
      }
    } else {
      changes.add(new Change(path, text(before), text(after)));
    }
  }

  /** Disks and NICs, whose order says nothing. */
  private static boolean isById(JsonNode list) {
    return list.isArray() && list.size() == ids(list).size();
  }

  private static Set<String> ids(JsonNode list) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode each : list) {
      if (each.path("id").isString()) {
        ids.add(each.path("id").asString());
      }
    }
    return ids;
  }

  private static JsonNode item(JsonNode list, String id) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(each -> Objects.equals(each.path("id").asString(""), id))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  /** A whole disk or NIC by its label. */
  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.has("label")
        ? node.path("label").asString("")
        : node.isString() ? node.asString() : node.toString();
  }
}
