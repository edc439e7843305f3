package dev.drover.mappings.assess;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SnapshotNode;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of a policy sees of a VM: plain values, nothing of Drover's types, each made when a
 * rule asks for it. Sizes are GiB, answers {@code yes}, {@code no} or {@code unknown}; an unknown
 * text is empty, an unknown number null.
 */
final class RuleFacts {
  /**
   * A variable.
   *
   * @param name as a rule writes it
   * @param read gives its value of a VM
   */
  record Variable(String name, CelType type, String what, Function<Subject, Object> read) {}

  private static final double GIB = 1L << 30;
  private static final int LONGEST = 2048;
  private static final int MOST = 1000;

  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType NUMBER = SimpleType.DOUBLE;
  private static final CelType MAYBE = NullableType.create(SimpleType.DOUBLE);
  private static final CelType MAPS =
      ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN));

  static final List<Variable> VARIABLES =
      List.of(
          text("vm.source", "the name of the source", v -> v.ref().source()),
          text("vm.id", "what the source calls it", v -> v.ref().id()),
          text("vm.name", "its name", SourceVm::name),
          text("vm.folder", "its path of folders", v -> v.identity().folder()),
          text("vm.notes", "the annotation", v -> v.identity().notes()),
          text("vm.power", "`on`, `off`, `suspended`, `unknown`", v -> lower(v.power())),
          of("vm.cpus", SimpleType.INT, "virtual CPUs", v -> (long) v.cpu().count()),
          of("vm.memory", NUMBER, "GiB", v -> gib(v.memory().size())),
          of(
              "vm.size",
              NUMBER,
              "GiB, the virtual sizes of all disks",
              v -> gib(VmFactsMaker.size(v))),
          of("vm.used", MAYBE, "GiB that hold data, or null", v -> maybe(VmFactsMaker.used(v))),
          new Variable(
              "vm.system", TEXT, "the guest system for people", s -> cut(VmFactsMaker.system(s))),
          new Variable(
              "vm.family", TEXT, "`windows`, `linux`, `other`, `unknown`", VmFactsMaker::osClass),
          text("vm.hostName", "in the guest", v -> v.guest().hostName()),
          text("vm.firmware", "`bios`, `efi`, `unknown`", v -> lower(v.firmware().type())),
          text("vm.secureBoot", "an answer", v -> v.firmware().secureBoot().text()),
          text("vm.tpm", "an answer", v -> v.firmware().tpm().text()),
          text("vm.hardware", "`vmx-19`", v -> v.identity().hardwareVersion()),
          text("vm.datacenter", "", v -> v.placement().datacenter()),
          text("vm.cluster", "", v -> v.placement().cluster()),
          text("vm.host", "", v -> v.placement().host()),
          text("vm.resourcePool", "", v -> v.placement().resourcePool()),
          text("vm.appliance", "the vApp", v -> v.placement().appliance()),
          text("vm.faultTolerant", "an answer", v -> v.placement().faultTolerant().text()),
          text("vm.liveMigrated", "an answer", v -> v.placement().liveMigrated().text()),
          of(
              "vm.snapshots",
              MAYBE,
              "how many, over all levels; null unknown",
              v -> snapshots(v.snapshots())),
          of(
              "vm.tags",
              ListType.create(SimpleType.STRING),
              "`category=name`, or the name alone",
              v -> tags(v.identity())),
          of(
              "vm.attributes",
              MapType.create(SimpleType.STRING, SimpleType.STRING),
              "`\"Owner\" in vm.attributes && vm.attributes[\"Owner\"] == \"shop\"`",
              v -> attributes(v.identity())),
          of(
              "vm.disks",
              MAPS,
              "of each `label`, `size`, `used` (or null), `datastore`, `bus`, `mode`, `sharing`,"
                  + " `kind`, `thin`",
              v -> v.disks().stream().limit(MOST).map(RuleFacts::disk).toList()),
          of(
              "vm.nics",
              MAPS,
              "of each `label`, `network`, `model`, `mac`, `connected`, `passthrough`,"
                  + " `addresses`",
              v -> v.nics().stream().limit(MOST).map(RuleFacts::nic).toList()),
          of(
              "vm.filesystems",
              MAPS,
              "of each `mount`, `type`, `size`, `free` (or null)",
              v -> filesystems(v.guest())),
          of(
              "vm.devices",
              MAPS,
              "of each `kind`, `description`",
              v ->
                  v.devices().stream()
                      .limit(MOST)
                      .map(
                          d -> Map.of("kind", lower(d.kind()), "description", cut(d.description())))
                      .toList()));

  private static final Map<String, Variable> BY_NAME = new HashMap<>();

  static {
    VARIABLES.forEach(v -> BY_NAME.put(v.name(), v));
  }

  private RuleFacts() {}

  static CelVariableResolver of(Subject subject) {
    return name -> Optional.ofNullable(BY_NAME.get(name)).map(v -> v.read().apply(subject));
  }

  private static Variable text(
      String name, String what, Function<SourceVm, @Nullable String> read) {
    return new Variable(name, TEXT, what, s -> cut(read.apply(s.vm())));
  }

  private static Variable of(
      String name, CelType type, String what, Function<SourceVm, Object> read) {
    return new Variable(name, type, what, s -> read.apply(s.vm()));
  }

  private static List<String> tags(Identity identity) {
    return identity.tags().stream()
        .limit(MOST)
        .map(t -> cut(t.category() == null ? t.name() : t.category() + "=" + t.name()))
        .toList();
  }

  private static Map<String, Object> attributes(Identity identity) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    new TreeMap<>(identity.attributes())
        .forEach(
            (key, value) -> {
              if (attributes.size() < MOST) {
                attributes.put(cut(key), cut(value));
              }
            });
    return attributes;
  }

  private static Object snapshots(@Nullable List<SnapshotNode> roots) {
    return roots == null
        ? NullValue.NULL_VALUE
        : (Object) (double) Trees.shape(roots, MOST).nodes();
  }

  private static List<Map<String, Object>> filesystems(Guest guest) {
    if (guest.filesystems() == null) {
      return List.of();
    }
    return guest.filesystems().stream()
        .limit(MOST)
        .map(
            fs ->
                Map.of(
                    "mount",
                    cut(fs.mount()),
                    "type",
                    cut(fs.type()),
                    "size",
                    gib(fs.capacity()),
                    "free",
                    maybe(fs.free())))
        .toList();
  }

  private static Map<String, Object> disk(SourceDisk disk) {
    Map<String, Object> one = new HashMap<>();
    one.put("label", cut(disk.label()));
    one.put("size", gib(disk.size()));
    one.put("used", maybe(disk.used()));
    one.put("datastore", cut(disk.backing().datastore()));
    one.put("bus", lower(disk.address().bus()));
    one.put("mode", lower(disk.mode()));
    one.put("sharing", lower(disk.sharing()));
    one.put("kind", lower(disk.backing().kind()));
    one.put("thin", disk.backing().thin().text());
    return one;
  }

  private static Map<String, Object> nic(SourceNic nic) {
    Map<String, Object> one = new HashMap<>();
    one.put("label", cut(nic.label()));
    one.put("network", cut(nic.network()));
    one.put("model", cut(nic.model()));
    one.put("mac", cut(nic.mac()));
    one.put("connected", nic.connected().text());
    one.put("passthrough", nic.passthrough().text());
    one.put(
        "addresses",
        nic.addresses() == null
            ? List.of()
            : nic.addresses().stream().limit(MOST).map(a -> cut(a.address())).toList());
    return one;
  }

  private static Object maybe(@Nullable ByteSize size) {
    return size == null ? NullValue.NULL_VALUE : (Object) gib(size);
  }

  private static double gib(ByteSize size) {
    return size.bytes() / GIB;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String cut(@Nullable String text) {
    return text == null ? "" : text.substring(0, Math.min(LONGEST, text.length()));
  }
}
