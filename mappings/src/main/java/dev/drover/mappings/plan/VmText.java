package dev.drover.mappings.plan;

import dev.drover.mappings.plan.NetworkMapping.Destination;
import dev.drover.mappings.yaml.YamlText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a VM of an earlier plan with all that somebody has set for it. */
final class VmText {
  private final YamlText yaml;
  private final String indent;
  private final Writer to;

  VmText(YamlText yaml, String indent, Writer to) {
    this.yaml = yaml;
    this.indent = indent;
    this.to = to;
  }

  void write(VmPlan vm, String name) throws IOException {
    to.write(indent + "- vm: " + yaml.scalar(vm.ref().toString()) + "\n");
    line("name", name);
    line("targetName", vm.targetName());
    VmSettings settings = vm.settings();
    line("namespace", settings.namespace());
    line("diskBus", settings.diskBus());
    line("nicModel", settings.nicModel());
    line("instanceType", settings.instanceType());
    line("preference", settings.preference());
    line("power", settings.power());
    source(settings.source());
    line("guestConversion", settings.guestConversion());
    line("machineType", settings.machineType());
    line("firmware", settings.firmware());
    if (settings.secureBoot() != null) {
      to.write(indent + "  secureBoot: " + settings.secureBoot() + "\n");
    }
    line("timezone", settings.timezone());
    map("labels", settings.labels());
    map("annotations", settings.annotations());
    if (!vm.disks().isEmpty()) {
      to.write(indent + "  disks:\n");
      for (Map.Entry<String, VmPlan.DiskOverride> disk : new TreeMap<>(vm.disks()).entrySet()) {
        entry(disk.getKey(), disk(disk.getValue()));
      }
    }
    if (!vm.nics().isEmpty()) {
      to.write(indent + "  nics:\n");
      for (Map.Entry<String, VmPlan.NicOverride> nic : new TreeMap<>(vm.nics()).entrySet()) {
        entry(nic.getKey(), nic(nic.getValue()));
      }
    }
  }

  private void line(String key, @Nullable Object value) throws IOException {
    if (value != null) {
      to.write(indent + "  " + key + ": " + yaml.scalar(value.toString()) + "\n");
    }
  }

  private void source(SourceRule rule) throws IOException {
    List<String> parts = new ArrayList<>();
    if (rule.whenRunning() != null) {
      parts.add("whenRunning: " + rule.whenRunning());
    }
    if (rule.within() != null) {
      parts.add("within: " + Durations.format(rule.within()));
    }
    if (rule.quiesce() != null) {
      parts.add("quiesce: " + rule.quiesce());
    }
    if (!parts.isEmpty()) {
      to.write(indent + "  source: {" + String.join(", ", parts) + "}\n");
    }
  }

  private void map(String key, Map<String, String> values) throws IOException {
    if (!values.isEmpty()) {
      to.write(indent + "  " + key + ": " + yaml.map(values) + "\n");
    }
  }

  private void entry(String id, List<String> parts) throws IOException {
    to.write(indent + "    " + yaml.scalar(id) + ": {" + String.join(", ", parts) + "}\n");
  }

  private List<String> disk(VmPlan.DiskOverride disk) {
    List<String> parts = new ArrayList<>();
    if (disk.skip()) {
      parts.add("skip: true");
    }
    if (disk.bus() != null) {
      parts.add("bus: " + disk.bus());
    }
    if (disk.storageClass() != null) {
      parts.add("storageClass: " + yaml.scalar(disk.storageClass()));
    }
    return parts;
  }

  private List<String> nic(VmPlan.NicOverride nic) {
    List<String> parts = new ArrayList<>();
    if (nic.skip()) {
      parts.add("skip: true");
    }
    if (nic.model() != null) {
      parts.add("model: " + yaml.scalar(nic.model()));
    }
    Destination network = nic.network();
    if (network instanceof NetworkMapping.Multus multus) {
      parts.add(
          "network: {multus: {namespace: "
              + yaml.scalar(multus.namespace())
              + ", name: "
              + yaml.scalar(multus.name())
              + "}}");
    } else if (network instanceof NetworkMapping.Pod) {
      parts.add("network: {pod: {}}");
    } else if (network instanceof NetworkMapping.Ignore) {
      parts.add("network: {ignore: true}");
    }
    return parts;
  }
}
