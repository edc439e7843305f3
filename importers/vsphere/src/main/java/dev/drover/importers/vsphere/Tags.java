package dev.drover.importers.vsphere;

import dev.drover.mappings.model.Identity.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Which tags are on which VM. The API that names them is another one than the rest. */
final class Tags {
  private static final Logger LOG = LoggerFactory.getLogger(Tags.class);
  private static final int AT_ONCE = 200;

  private final Map<String, List<Tag>> byVm = new HashMap<>();
  private @Nullable String problem;

  private Tags() {}

  /** No tags, without a problem: an ESXi has none. */
  static Tags none() {
    return new Tags();
  }

  /** All tags and what they are on; what does not work is in {@link #problem}. */
  static Tags read(Session session) {
    Tags tags = new Tags();
    try (RestClient rest = RestClient.login(session)) {
      tags.read(rest);
    } catch (IOException e) {
      LOG.debug("reading tags", e);
      tags.problem = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    return tags;
  }

  private void read(RestClient rest) throws IOException {
    Map<String, String> categories = new HashMap<>();
    Map<String, Tag> known = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (JsonNode id : rest.get("/tag")) {
      ids.add(id.asString(""));
    }
    for (String id : ids) {
      JsonNode tag = rest.one("/tag", id);
      String category = tag.path("category_id").asString("");
      if (!categories.containsKey(category)) {
        categories.put(category, rest.one("/category", category).path("name").asString(category));
      }
      known.put(id, new Tag(categories.get(category), tag.path("name").asString(id)));
    }
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      for (JsonNode each : rest.attached(some)) {
        Tag tag = known.get(each.path("tag_id").asString(""));
        for (JsonNode object : each.path("object_ids")) {
          if (tag != null && object.path("type").asString("").equals("VirtualMachine")) {
            byVm.computeIfAbsent(object.path("id").asString(""), any -> new ArrayList<>()).add(tag);
          }
        }
      }
    }
    byVm.values()
        .forEach(
            list -> list.sort(java.util.Comparator.comparing(t -> t.category() + "=" + t.name())));
  }

  List<Tag> of(String vm) {
    return byVm.getOrDefault(vm, List.of());
  }

  /** Why tags are not known, or null. */
  @Nullable String problem() {
    return problem;
  }
}
