package dev.drover.mappings.assess;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmFacts;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.waves.GroupKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps of a VM what planning, sizing and reports want. */
final class VmFactsMaker {
  /** Names of people, at most that long; a hostile one of a megabyte is cut. */
  private static final int LONGEST = 512;

  private static final int REMEMBERED = 200_000;

  private final MigrationPolicy policy;

  /** An estate of 100,000 VMs has few clusters, networks and tags: each text is kept once. */
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  private final Map<List<String>, List<String>> lists = new ConcurrentHashMap<>();

  VmFactsMaker(MigrationPolicy policy) {
    this.policy = policy;
  }

  VmFacts of(Subject subject) {
    SourceVm vm = subject.vm();
    return new VmFacts(
        new VmRef(text(vm.ref().source()), vm.ref().id()),
        cut(vm.name()),
        shared(vm.identity().folder()),
        vm.power(),
        vm.cpu().count(),
        vm.memory().size(),
        vm.disks().size(),
        size(vm),
        used(vm),
        vm.nics().size(),
        shared(system(subject)),
        osClass(subject),
        shared(vm.placement().datacenter()),
        shared(vm.placement().cluster()),
        shared(vm.placement().host()),
        list(vm.disks().stream().map(d -> d.backing().datastore()).toList()),
        list(vm.nics().stream().map(SourceNic::network).toList()),
        label(vm, policy.labels().application()),
        label(vm, policy.labels().owner()),
        label(vm, policy.labels().criticality()),
        list(
            vm.identity().tags().stream()
                .map(t -> t.category() == null ? t.name() : t.category() + "=" + t.name())
                .toList()),
        list(GroupKeys.of(vm, policy)));
  }

  /** For people: what the agent reports, else what the source was told; null unknown. */
  static @Nullable String system(Subject subject) {
    SourceVm vm = subject.vm();
    for (String word : new String[] {vm.guest().reportedOs(), vm.guest().configuredOsName()}) {
      if (word != null && !word.isBlank()) {
        return Told.line(word.strip(), 128);
      }
    }
    if (subject.life() != null) {
      return subject.life().name();
    }
    String known = subject.outlook().system();
    String id = vm.guest().configuredOs();
    return known != null ? known : id == null || id.isBlank() ? null : Told.line(id.strip(), 128);
  }

  static String osClass(Subject subject) {
    return subject.outlook().family() == null
        ? "unknown"
        : subject.outlook().family().name().toLowerCase(Locale.ROOT);
  }

  /** A sum that would be too large for a number is the largest one. */
  static ByteSize size(SourceVm vm) {
    return sum(vm.disks().stream().map(SourceDisk::size).toList());
  }

  /**
   * The sum of its disks', or what the source says of the VM where not every disk's is known; that
   * counts files of snapshots and swap as well and is cut at the size. Null where neither is known.
   */
  static @Nullable ByteSize used(SourceVm vm) {
    if (vm.disks().stream().anyMatch(d -> d.used() == null)) {
      ByteSize all = size(vm);
      ByteSize told = vm.used();
      return told != null && told.bytes() > all.bytes() ? all : told;
    }
    return sum(vm.disks().stream().map(SourceDisk::used).filter(Objects::nonNull).toList());
  }

  static ByteSize sum(List<ByteSize> sizes) {
    long bytes = 0;
    for (ByteSize size : sizes) {
      bytes = bytes > Long.MAX_VALUE - size.bytes() ? Long.MAX_VALUE : bytes + size.bytes();
    }
    return new ByteSize(bytes);
  }

  private @Nullable String label(SourceVm vm, MigrationPolicy.@Nullable Label label) {
    if (label == null) {
      return null;
    }
    if (label.attribute() != null) {
      return shared(vm.identity().attributes().get(label.attribute()));
    }
    return vm.identity().tags().stream()
        .filter(t -> t.category() != null && t.category().equals(label.tag()))
        .findFirst()
        .map(t -> text(t.name()))
        .orElse(null);
  }

  private List<String> list(List<@Nullable String> all) {
    // A stream's own list would be copied once more by the record, and shared by nobody.
    List<String> some =
        List.copyOf(all.stream().filter(Objects::nonNull).map(this::text).distinct().toList());
    List<String> known = lists.get(some);
    if (known == null && lists.size() < REMEMBERED) {
      lists.put(some, some);
    }
    return known == null ? some : known;
  }

  private @Nullable String shared(@Nullable String text) {
    return text == null || text.isBlank() ? null : text(text);
  }

  private String text(String text) {
    String known = texts.get(text);
    if (known != null) {
      return known;
    }
    String kept = cut(text);
    if (texts.size() < REMEMBERED) {
      texts.put(kept, kept);
    }
    return kept;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
