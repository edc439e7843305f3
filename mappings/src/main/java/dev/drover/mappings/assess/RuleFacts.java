package dev.drover.mappings.assess;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of a policy sees of a VM: plain values, nothing of Drover's types. Sizes are GiB,
 * answers {@code yes}, {@code no} or {@code unknown}; an unknown text is empty, an unknown number
 * null.
 */
final class RuleFacts {
  /**
   * A variable.
   *
   * @param name as a rule writes it
   */
  record Variable(String name, CelType type, String what) {}

  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType NUMBER = SimpleType.DOUBLE;
  private static final CelType MAYBE = NullableType.create(SimpleType.DOUBLE);
  private static final CelType MAPS =
      ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN));

  static final List<Variable> VARIABLES =
      List.of(
          new Variable("vm.source", TEXT, "the name of the source"),
          new Variable("vm.id", TEXT, "what the source calls it"),
          new Variable("vm.name", TEXT, "its name"),
          new Variable("vm.folder", TEXT, "its path of folders"),
          new Variable("vm.notes", TEXT, "the annotation"),
          new Variable("vm.power", TEXT, "`on`, `off`, `suspended`, `unknown`"),
          new Variable("vm.cpus", SimpleType.INT, "virtual CPUs"),
          new Variable("vm.memory", NUMBER, "GiB"),
          new Variable("vm.size", NUMBER, "GiB, the virtual sizes of all disks"),
          new Variable("vm.used", MAYBE, "GiB that hold data, or null"),
          new Variable("vm.system", TEXT, "the guest system for people"),
          new Variable("vm.family", TEXT, "`windows`, `linux`, `other`, `unknown`"),
          new Variable("vm.hostName", TEXT, "in the guest"),
          new Variable("vm.firmware", TEXT, "`bios`, `efi`, `unknown`"),
          new Variable("vm.secureBoot", TEXT, "an answer"),
          new Variable("vm.tpm", TEXT, "an answer"),
          new Variable("vm.hardware", TEXT, "`vmx-19`"),
          new Variable("vm.datacenter", TEXT, ""),
          new Variable("vm.cluster", TEXT, ""),
          new Variable("vm.host", TEXT, ""),
          new Variable("vm.resourcePool", TEXT, ""),
          new Variable("vm.appliance", TEXT, "the vApp"),
          new Variable("vm.faultTolerant", TEXT, "an answer"),
          new Variable("vm.liveMigrated", TEXT, "an answer"),
          new Variable("vm.snapshots", MAYBE, "how many, over all levels; null unknown"),
          new Variable(
              "vm.tags", ListType.create(SimpleType.STRING), "`category=name`, or the name alone"),
          new Variable(
              "vm.attributes",
              MapType.create(SimpleType.STRING, SimpleType.STRING),
              "`\"Owner\" in vm.attributes && vm.attributes[\"Owner\"] == \"shop\"`"),
          new Variable(
              "vm.disks",
              MAPS,
              "of each `label`, `size`, `used` (or null), `datastore`, `bus`, `mode`, `sharing`,"
                  + " `kind`, `thin`"),
          new Variable(
              "vm.nics",
              MAPS,
              "of each `label`, `network`, `model`, `mac`, `connected`, `passthrough`,"
                  + " `addresses`"),
          new Variable("vm.filesystems", MAPS, "of each `mount`, `type`, `size`, `free` (or null)"),
          new Variable("vm.devices", MAPS, "of each `kind`, `description`"));

  private static final double GIB = 1L << 30;
  private static final int LONGEST = 2048;
  private static final int MOST = 1000;

  private RuleFacts() {}

  static Map<String, Object> of(Subject subject) {
    SourceVm vm = subject.vm();
    Map<String, Object> f = new HashMap<>();
    f.put("vm.source", text(vm.ref().source()));
    f.put("vm.id", text(vm.ref().id()));
    identity(vm.identity(), f);
    f.put("vm.power", lower(vm.power()));
    f.put("vm.cpus", (long) vm.cpu().count());
    f.put("vm.memory", gib(vm.memory().size()));
    f.put("vm.size", gib(VmFactsMaker.size(vm)));
    put(f, "vm.used", VmFactsMaker.used(vm));
    f.put("vm.system", text(VmFactsMaker.system(subject)));
    f.put("vm.family", VmFactsMaker.osClass(subject));
    f.put("vm.hostName", text(vm.guest().hostName()));
    f.put("vm.firmware", lower(vm.firmware().type()));
    f.put("vm.secureBoot", vm.firmware().secureBoot().text());
    f.put("vm.tpm", vm.firmware().tpm().text());
    f.put("vm.datacenter", text(vm.placement().datacenter()));
    f.put("vm.cluster", text(vm.placement().cluster()));
    f.put("vm.host", text(vm.placement().host()));
    f.put("vm.resourcePool", text(vm.placement().resourcePool()));
    f.put("vm.appliance", text(vm.placement().appliance()));
    f.put("vm.faultTolerant", vm.placement().faultTolerant().text());
    f.put("vm.liveMigrated", vm.placement().liveMigrated().text());
    snapshots(vm.snapshots(), f);
    f.put("vm.disks", vm.disks().stream().limit(MOST).map(RuleFacts::disk).toList());
    f.put("vm.nics", vm.nics().stream().limit(MOST).map(RuleFacts::nic).toList());
    lists(vm, f);
    return f;
  }

  private static void identity(Identity identity, Map<String, Object> f) {
    f.put("vm.name", text(identity.name()));
    f.put("vm.folder", text(identity.folder()));
    f.put("vm.notes", text(identity.notes()));
    f.put("vm.hardware", text(identity.hardwareVersion()));
    f.put(
        "vm.tags",
        identity.tags().stream()
            .limit(MOST)
            .map(t -> text(t.category() == null ? t.name() : t.category() + "=" + t.name()))
            .toList());
    Map<String, Object> attributes = new LinkedHashMap<>();
    new TreeMap<>(identity.attributes())
        .forEach(
            (key, value) -> {
              if (attributes.size() < MOST) {
                attributes.put(text(key), text(value));
              }
            });
    f.put("vm.attributes", attributes);
  }

  private static void snapshots(@Nullable List<SnapshotNode> roots, Map<String, Object> f) {
    f.put(
        "vm.snapshots",
        roots == null
            ? dev.cel.common.values.NullValue.NULL_VALUE
            : (Object) (double) Trees.shape(roots, MOST).nodes());
  }

  private static void lists(SourceVm vm, Map<String, Object> f) {
    List<Object> filesystems = new ArrayList<>();
    if (vm.guest().filesystems() != null) {
      vm.guest().filesystems().stream()
          .limit(MOST)
          .forEach(
              fs -> {
                Map<String, Object> one = new HashMap<>();
                one.put("mount", text(fs.mount()));
                one.put("type", text(fs.type()));
                one.put("size", gib(fs.capacity()));
                put(one, "free", fs.free());
                filesystems.add(one);
              });
    }
    f.put("vm.filesystems", filesystems);
    f.put(
        "vm.devices",
        vm.devices().stream()
            .limit(MOST)
            .map(d -> Map.of("kind", lower(d.kind()), "description", text(d.description())))
            .toList());
  }

  private static Map<String, Object> disk(SourceDisk disk) {
    Map<String, Object> one = new HashMap<>();
    one.put("label", text(disk.label()));
    one.put("size", gib(disk.size()));
    put(one, "used", disk.used());
    one.put("datastore", text(disk.backing().datastore()));
    one.put("bus", lower(disk.address().bus()));
    one.put("mode", lower(disk.mode()));
    one.put("sharing", lower(disk.sharing()));
    one.put("kind", lower(disk.backing().kind()));
    one.put("thin", disk.backing().thin().text());
    return one;
  }

  private static Map<String, Object> nic(SourceNic nic) {
    Map<String, Object> one = new HashMap<>();
    one.put("label", text(nic.label()));
    one.put("network", text(nic.network()));
    one.put("model", text(nic.model()));
    one.put("mac", text(nic.mac()));
    one.put("connected", nic.connected().text());
    one.put("passthrough", nic.passthrough().text());
    one.put(
        "addresses",
        nic.addresses() == null
            ? List.of()
            : nic.addresses().stream().limit(MOST).map(a -> text(a.address())).toList());
    return one;
  }

  private static void put(Map<String, Object> to, String key, @Nullable ByteSize size) {
    to.put(key, size == null ? dev.cel.common.values.NullValue.NULL_VALUE : (Object) gib(size));
  }

  private static double gib(ByteSize size) {
    return size.bytes() / GIB;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.substring(0, Math.min(LONGEST, text.length()));
  }
}
