package dev.drover.mappings.assess;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A VM that has one of everything, on which a rule is tried before it meets others. */
final class RuleSpecimen {
  private RuleSpecimen() {}

  static Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    for (RuleFacts.Variable variable : RuleFacts.VARIABLES) {
      facts.put(variable.name(), "unknown");
    }
    facts.put("vm.cpus", 2L);
    for (String number : new String[] {"vm.memory", "vm.size", "vm.used", "vm.snapshots"}) {
      facts.put(number, 1.0);
    }
    facts.put("vm.tags", List.of("category=name"));
    facts.put("vm.attributes", new AnyKey());
    facts.put(
        "vm.disks",
        List.of(texts(List.of("label", "datastore", "bus", "mode", "sharing", "kind", "thin"))));
    facts.put(
        "vm.nics",
        List.of(texts(List.of("label", "network", "model", "mac", "connected", "passthrough"))));
    facts.put("vm.filesystems", List.of(texts(List.of("mount", "type"))));
    facts.put("vm.devices", List.of(texts(List.of("kind", "description"))));
    return facts;
  }

  private static Map<String, Object> texts(List<String> keys) {
    Map<String, Object> one = new HashMap<>();
    keys.forEach(key -> one.put(key, "unknown"));
    if (keys.contains("bus") || keys.contains("mount")) {
      one.put("size", 1.0);
      one.put(keys.contains("bus") ? "used" : "free", 1.0);
    }
    if (keys.contains("mac")) {
      one.put("addresses", List.of("192.0.2.1"));
    }
    return one;
  }

  /** Nobody knows which attributes an estate has, so that none is missing here. */
  private static final class AnyKey extends java.util.AbstractMap<String, Object> {
    @Override
    public boolean containsKey(Object key) {
      return key instanceof String;
    }

    @Override
    public Object get(Object key) {
      return "value";
    }

    @Override
    public java.util.Set<Entry<String, Object>> entrySet() {
      return java.util.Set.of(Map.entry("key", "value"));
    }
  }
}
