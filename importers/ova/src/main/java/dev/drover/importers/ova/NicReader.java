package dev.drover.importers.ova;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceNic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the network cards. */
final class NicReader {
  private static final Set<String> MODELS =
      Set.of("vmxnet3", "vmxnet2", "vmxnet", "e1000", "e1000e", "pcnet32", "flexible", "virtio");

  private final VmContext vm;
  private final List<SourceNic> nics = new ArrayList<>();
  private final Map<String, String> byInstance = new HashMap<>();
  private final UniqueIds ids = new UniqueIds();

  NicReader(VmContext vm) {
    this.vm = vm;
  }

  List<SourceNic> read() {
    for (HardwareItem item : vm.hardware().items(HardwareItem.ETHERNET)) {
      String id = ids.next("nic" + (item.instance().isEmpty() ? nics.size() : item.instance()));
      byInstance.putIfAbsent(item.instance(), id);
      nics.add(
          new SourceNic(
              id,
              item.label(),
              model(item),
              mac(item),
              network(item),
              null,
              null,
              connected(item),
              null,
              item.subtype().contains("sriov") ? Answer.YES : Answer.NO));
    }
    return nics;
  }

  /** Ids by the InstanceID of their Item; complete after {@link #read}. */
  Map<String, String> byInstance() {
    return byInstance;
  }

  /** Whether the descriptor wants it plugged in at start. */
  private static Answer connected(HardwareItem item) {
    String text = item.field("AutomaticAllocation");
    return text == null
        ? Answer.UNKNOWN
        : Answer.of(text.equalsIgnoreCase("true") || text.equals("1"));
  }

  private @Nullable String model(HardwareItem item) {
    List<String> subtypes = item.subtypes();
    String known = subtypes.stream().filter(MODELS::contains).findFirst().orElse(null);
    if (known == null && !subtypes.isEmpty() && !item.subtype().contains("sriov")) {
      vm.warn(
          "OVF-019",
          "the network card \"" + item.label() + "\" is of a kind that Drover does not know",
          "set the NIC model in the plan",
          item.subtype());
    }
    return known != null ? known : subtypes.isEmpty() ? null : subtypes.get(0);
  }

  /** {@code 00:50:56:aa:bb:cc}, {@code 00-50-…}, or twelve digits as CIM writes them. */
  private @Nullable String mac(HardwareItem item) {
    String text = item.field("Address");
    if (text == null) {
      return null;
    }
    String digits = text.toLowerCase(Locale.ROOT).replaceAll("[:.\\- ]", "");
    if (!digits.matches("[0-9a-f]{12}")) {
      // VMware and VirtualBox put the number of the PCI slot here now and then.
      if (!text.matches("[0-9]{1,4}")) {
        vm.warn(
            "OVF-019",
            "the network card \"" + item.label() + "\" has an address that is no MAC address",
            "set the MAC address in the plan if the guest needs its old one",
            text);
      }
      return null;
    }
    return digits.replaceAll("(..)(?!$)", "$1:");
  }

  private @Nullable String network(HardwareItem item) {
    List<String> names =
        item.element()
            .all("Connection")
            .map(XmlElement::text)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      return null;
    }
    String name = names.get(0);
    if (names.size() > 1 || !vm.envelope().hasNetwork(name)) {
      vm.inform(
          "OVF-019",
          names.size() > 1
              ? "the network card \"" + item.label() + "\" may use several networks; the first is taken"
              : "the network of \"" + item.label() + "\" is not among the appliance's networks",
          "map this network in the plan",
          String.join(", ", names));
    }
    return name;
  }
}
