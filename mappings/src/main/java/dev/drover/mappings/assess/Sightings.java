package dev.drover.mappings.assess;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.SourceOutlook;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs share what should be of one VM alone. Keeps for each VM its name and ref, and for each
 * value eight bytes of its SHA-256 with the first VM that had it: a value itself may be a megabyte,
 * and nobody can choose two that collide. Once all are observed, several threads may ask.
 */
final class Sightings {
  /** What is compared. */
  enum Of {
    MAC,
    BIOS_UUID,
    INSTANCE_UUID,
    TARGET_NAME
  }

  /** How many others a finding names; all of them would be n² names for n VMs. */
  private static final int NAMED = 3;

  private static final int LONGEST_NAME = 80;

  /**
   * A VM.
   *
   * @param uuid whether the management system's UUID of it is known
   */
  private record Seen(VmRef ref, String name, boolean uuid) {
    String text() {
      return name + " (" + ref + ")";
    }
  }

  private final List<Seen> vms = new ArrayList<>();
  private final SameSources sources = new SameSources();
  private final FirstByHash first = new FirstByHash();
  private final Map<Long, List<Integer>> more = new HashMap<>();

  void observe(SourceVm vm) {
    int number = vms.size();
    String uuid = uuid(vm.identity().instanceUuid());
    vms.add(new Seen(vm.ref(), Told.line(vm.name(), LONGEST_NAME), uuid != null));
    sources.observe(vm.ref().source());
    int named = see(Of.TARGET_NAME, DnsLabel.of(vm.name()), number);
    see(Of.BIOS_UUID, uuid(vm.identity().biosUuid()), number);
    twin(see(Of.INSTANCE_UUID, uuid, number), named, number);
    for (SourceNic nic : vm.nics()) {
      see(Of.MAC, SourceOutlook.mac(nic.mac()), number);
    }
  }

  /** Of two sources that have a VM both; one UUID tells more than one name does. */
  private void twin(int sameUuid, int sameName, int number) {
    Seen own = vms.get(number);
    if (sameUuid >= 0 && !sourceOf(sameUuid).equals(own.ref().source())) {
      sources.sameUuid(sourceOf(sameUuid), own.ref().source());
    } else if (sameName >= 0
        && !sourceOf(sameName).equals(own.ref().source())
        && !(own.uuid() && vms.get(sameName).uuid())) {
      sources.sameName(sourceOf(sameName), own.ref().source());
    }
  }

  private String sourceOf(int number) {
    return vms.get(number).ref().source();
  }

  /** What is to be said of sources as a whole. */
  List<Finding> ofSources() {
    return sources.findings();
  }

  /** The others with that value, for people; null where the VM is alone. */
  @Nullable String others(Of kind, @Nullable String value, VmRef self) {
    if (value == null) {
      return null;
    }
    List<Integer> all = more.get(hash(kind, value));
    if (all == null) {
      return null;
    }
    List<String> named = new ArrayList<>();
    int others = 0;
    for (int number : all) {
      if (!vms.get(number).ref().equals(self)) {
        others++;
        if (named.size() < NAMED) {
          named.add(vms.get(number).text());
        }
      }
    }
    if (others == 0) {
      return null;
    }
    String rest = others > named.size() ? " and " + (others - named.size()) + " more" : "";
    return String.join(", ", named) + rest;
  }

  /** Lower case without dashes; null for what no machine has alone (zeros, ones). */
  static @Nullable String uuid(@Nullable String uuid) {
    if (uuid == null || uuid.isBlank()) {
      return null;
    }
    String plain = uuid.strip().toLowerCase(Locale.ROOT).replace("-", "").replace(" ", "");
    boolean same = plain.chars().allMatch(c -> c == plain.charAt(0));
    return plain.isEmpty() || same ? null : plain;
  }

  /** The first that had it, or -1. */
  private int see(Of kind, @Nullable String value, int number) {
    if (value == null) {
      return -1;
    }
    long hash = hash(kind, value);
    int before = first.putIfAbsent(hash, number);
    if (before >= 0 && before != number) {
      List<Integer> all = more.computeIfAbsent(hash, h -> new ArrayList<>(List.of(before)));
      if (all.get(all.size() - 1) != number) {
        all.add(number);
      }
      return before;
    }
    return -1;
  }

  private static long hash(Of kind, String value) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((byte) kind.ordinal());
      return ByteBuffer.wrap(sha.digest(value.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
