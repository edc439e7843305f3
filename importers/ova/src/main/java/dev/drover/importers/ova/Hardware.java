package dev.drover.importers.ova;

import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The virtual hardware of one VM in one deployment option. */
final class Hardware {
  private final XmlElement section;
  private final List<HardwareItem> items;
  private final Map<String, String> config = new HashMap<>();

  private Hardware(XmlElement section, List<HardwareItem> items) {
    this.section = section;
    this.items = items;
    for (XmlElement child : section.children()) {
      if (child.name().equals("Config") || child.name().equals("ExtraConfig")) {
        String key = child.foreign("key");
        String value = child.foreign("value");
        if (key != null && value != null) {
          config.putIfAbsent(key.toLowerCase(Locale.ROOT), value.strip());
        }
      }
    }
  }

  /**
   * Chooses among several sections (a descriptor may offer hardware for several hypervisors) the
   * first for VMware or VirtualBox, else the first.
   *
   * @throws OvfInvalid when there is none
   */
  static Hardware of(SystemNode system, DeploymentOption option, List<Finding> findings) {
    List<XmlElement> sections = system.element().all("VirtualHardwareSection").toList();
    if (sections.isEmpty()) {
      throw new OvfInvalid(
          "OVF-103",
          system.element().place(),
          "the VM \"" + SafeName.shown(system.key()) + "\" has no VirtualHardwareSection",
          "export the VM again; without hardware there is nothing to build");
    }
    XmlElement chosen =
        sections.stream()
            .filter(s -> type(s).contains("vmx-") || type(s).contains("virtualbox"))
            .findFirst()
            .orElse(sections.get(0));
    if (sections.size() > 1) {
      findings.add(
          Finding.info(
                  "OVF-010",
                  "the VM is offered with " + sections.size() + " kinds of hardware; one was taken",
                  "check CPUs, memory and controllers of the VM in the inventory")
              .with(type(chosen)));
    }
    return new Hardware(chosen, items(chosen, option, findings));
  }

  private static String type(XmlElement section) {
    XmlElement system = section.first("System");
    String type = system == null ? null : system.textOf("VirtualSystemType");
    return type == null ? "" : type;
  }

  private static List<HardwareItem> items(
      XmlElement section, DeploymentOption option, List<Finding> findings) {
    List<HardwareItem> included =
        section.children().stream()
            .filter(HardwareItem::is)
            .map(HardwareItem::new)
            .filter(item -> option.includes(item.configurations()))
            .toList();
    List<HardwareItem> normal = new ArrayList<>();
    Set<String> specific = new HashSet<>();
    for (HardwareItem item : included) {
      if (item.bound().equals("normal") && !item.configurations().isEmpty()) {
        specific.add(item.type() + "/" + item.instance());
      }
    }
    for (HardwareItem item : included) {
      // An item of the option replaces the one for all options with the same InstanceID.
      boolean replaced =
          item.configurations().isEmpty()
              && !item.instance().isEmpty()
              && specific.contains(item.type() + "/" + item.instance());
      if (item.bound().equals("normal") && !replaced) {
        normal.add(item);
      }
    }
    addBounded(HardwareItem.CPU, included, normal, findings);
    addBounded(HardwareItem.MEMORY, included, normal, findings);
    return normal;
  }

  /** min and max only limit a choice; where nothing else is written, the least that works counts. */
  private static void addBounded(
      int type, List<HardwareItem> all, List<HardwareItem> normal, List<Finding> findings) {
    if (normal.stream().anyMatch(item -> item.type() == type)) {
      return;
    }
    all.stream()
        .filter(item -> item.type() == type)
        .min((a, b) -> Boolean.compare(!a.bound().equals("min"), !b.bound().equals("min")))
        .ifPresent(
            item -> {
              normal.add(item);
              findings.add(
                  Finding.warning(
                          "OVF-017",
                          "only a bound is given for the "
                              + (type == HardwareItem.CPU ? "number of CPUs" : "memory"),
                          "set what the VM needs in its entry in the plan")
                      .with(item.bound()));
            });
  }

  /** In document order. */
  List<HardwareItem> items() {
    return items;
  }

  /** Items of one resource type. */
  List<HardwareItem> items(int type) {
    return items.stream().filter(item -> item.type() == type).toList();
  }

  XmlElement section() {
    return section;
  }

  /** A field of the System element, or null. */
  @Nullable String system(String field) {
    XmlElement system = section.first("System");
    return system == null ? null : system.textOf(field);
  }

  /** The value of the first of these {@code vmw:Config} or {@code vmw:ExtraConfig} keys, or null. */
  @Nullable String config(String... keys) {
    for (String key : keys) {
      String value = config.get(key.toLowerCase(Locale.ROOT));
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** A switch of these keys: true, false, or null where it is not written. */
  @Nullable Boolean flag(String... keys) {
    String value = config(keys);
    return value == null ? null : (Boolean) (value.equalsIgnoreCase("true") || value.equals("1"));
  }
}
