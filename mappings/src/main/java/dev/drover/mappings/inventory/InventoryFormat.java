package dev.drover.mappings.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of an inventory file: {@code {"apiVersion", "kind", "sources": […], "vms": […],
 * "unreadable": […], "estate": […], "notices": […]}} in this order, a VM a line, nulls left out.
 * Members that a reader does not know are passed over, so that a version may grow; one that changes
 * its meaning gets a new name.
 */
final class InventoryFormat {
  static final String API_VERSION = "drover.dev/v1alpha1";
  static final String KIND = "Inventory";
  static final String AGAIN = "make the inventory again with: drover inventory --source … -o FILE";

  /** Maps in the order of their keys and members in that of the records: two writes, one text. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .annotationIntrospector(new NullMarkedMembers())
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private InventoryFormat() {}
}
