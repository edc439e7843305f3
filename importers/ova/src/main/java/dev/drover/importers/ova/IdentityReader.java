package dev.drover.importers.ova;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Placement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads who the VM is, what runs in it, and what it belongs to. */
final class IdentityReader {
  private static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

  private final VmContext vm;

  IdentityReader(VmContext vm) {
    this.vm = vm;
  }

  Identity identity() {
    String identifier = vm.hardware().system("VirtualSystemIdentifier");
    return new Identity(
        name(),
        biosUuid(),
        identifier != null && identifier.matches(UUID) ? identifier.toLowerCase(Locale.ROOT) : null,
        hardwareVersion(),
        null,
        notes(),
        List.of(),
        attributes(),
        Answer.NO,
        Answer.NO);
  }

  private String name() {
    String name = vm.envelope().text(vm.system().element(), "Name");
    return name != null && !name.isBlank() ? name : vm.system().writtenId();
  }

  /**
   * VMware writes {@code 56 4d …-…} as {@code uuid.bios}, vCloud Director plainly as {@code uuid};
   * VirtualBox gives the machine's UUID to the guest.
   */
  private @Nullable String biosUuid() {
    String vmware = vm.hardware().config("uuid.bios", "uuid");
    String digits = vmware == null ? "" : vmware.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    if (digits.matches("[0-9a-f]{32}")) {
      return digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
    XmlElement machine = vm.system().element().first("Machine");
    String box = machine == null ? null : machine.attribute("uuid");
    String bare = box == null ? "" : box.replaceAll("[{}]", "");
    return bare.matches(UUID) ? bare.toLowerCase(Locale.ROOT) : null;
  }

  /** Of several alternatives the first that is VMware's. */
  private @Nullable String hardwareVersion() {
    String types = vm.hardware().system("VirtualSystemType");
    return types == null
        ? null
        : Arrays.stream(types.split("[,\\s]+"))
            .filter(type -> type.startsWith("vmx-"))
            .findFirst()
            .orElse(types);
  }

  private @Nullable String notes() {
    return vm.system()
        .sections("AnnotationSection")
        .map(section -> vm.envelope().text(section, "Annotation"))
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElse(null);
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    vm.system()
        .sections("ProductSection")
        .forEach(
            section -> {
              for (String field : List.of("Product", "Vendor", "Version", "FullVersion")) {
                String text = vm.envelope().text(section, field);
                if (text != null) {
                  attributes.putIfAbsent("product." + field.toLowerCase(Locale.ROOT), text);
                }
              }
            });
    vm.properties().all().forEach((key, value) -> attributes.put("property." + key, value));
    addStartup(attributes);
    return attributes;
  }

  /** The place in the appliance's start order, by the innermost collection. */
  private void addStartup(Map<String, String> attributes) {
    List<XmlElement> parents = vm.system().parents();
    if (parents.isEmpty()) {
      return;
    }
    parents
        .get(parents.size() - 1)
        .all("StartupSection")
        .flatMap(section -> section.all("Item"))
        .filter(item -> vm.system().writtenId().equals(item.attribute("id")))
        .findFirst()
        .ifPresent(
            item -> {
              put(attributes, "startup.order", item.attribute("order"));
              put(attributes, "startup.delaySeconds", item.attribute("startDelay"));
              put(attributes, "startup.action", item.attribute("startAction"));
            });
  }

  private static void put(Map<String, String> attributes, String key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value.strip());
    }
  }

  Guest guest() {
    XmlElement section = vm.system().element().first("OperatingSystemSection");
    if (section == null) {
      return Guest.configured(null, null);
    }
    String vmware = section.foreign("osType");
    // A star marks a system that the exporting host did not know by name.
    String id = vmware != null ? vmware.replaceFirst("^\\*", "") : section.attribute("id");
    String description = vm.envelope().text(section, "Description");
    String box = section.textOf("OSType");
    return Guest.configured(id, description != null ? description : box);
  }

  Placement placement() {
    List<XmlElement> parents = vm.system().parents();
    return parents.isEmpty()
        ? Placement.unknown()
        : Placement.inAppliance(
            parents.stream().map(this::collectionName).collect(Collectors.joining("/")));
  }

  private String collectionName(XmlElement collection) {
    String name = vm.envelope().text(collection, "Name");
    String id = collection.attribute("id");
    return name != null ? name : id != null && !id.isBlank() ? id : "appliance";
  }
}
