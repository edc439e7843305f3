package dev.drover.importers.vsphere;

import com.vmware.vim25.CustomFieldStringValue;
import com.vmware.vim25.ManagedByInfo;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Identity;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads who the VM is. */
final class IdentityReader {
  private final Props vm;
  private final Surroundings around;
  private final Map<Integer, String> fields;
  private final Tags tags;

  IdentityReader(Props vm, Surroundings around, Map<Integer, String> fields, Tags tags) {
    this.vm = vm;
    this.around = around;
    this.fields = fields;
    this.tags = tags;
  }

  Identity identity(String name) {
    return new Identity(
        name,
        lower(vm.text("config.uuid")),
        lower(vm.text("config.instanceUuid")),
        vm.text("config.version"),
        around.tree().folder(vm.ref("parent")),
        vm.text("config.annotation"),
        tags.of(vm.id()),
        attributes(),
        Answer.of(vm.get("config.template", Boolean.class)),
        placeholder());
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  /** Custom attributes, and who manages the VM. */
  private Map<String, String> attributes() {
    Map<String, String> all = new TreeMap<>();
    for (CustomFieldStringValue each : vm.all("customValue", CustomFieldStringValue.class)) {
      if (each.value != null && !each.value.isEmpty()) {
        all.put(fields.getOrDefault(each.key, "field-" + each.key), each.value);
      }
    }
    ManagedByInfo by = vm.get("config.managedBy", ManagedByInfo.class);
    if (by != null && by.extensionKey != null && !by.extensionKey.isBlank()) {
      all.putIfAbsent("managedBy", by.extensionKey + (by.type == null ? "" : "/" + by.type));
    }
    return all;
  }

  /** Site Recovery Manager marks the VMs that keep a place with this type. */
  private Answer placeholder() {
    ManagedByInfo by = vm.get("config.managedBy", ManagedByInfo.class);
    return Answer.of(
        by != null
            && by.extensionKey != null
            && by.extensionKey.startsWith("com.vmware.vcDr")
            && "placeholderVm".equalsIgnoreCase(by.type));
  }
}
