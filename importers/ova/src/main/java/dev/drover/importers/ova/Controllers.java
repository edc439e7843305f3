package dev.drover.importers.ova;

import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.DiskAddress.Bus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The storage controllers, and the places on them. */
final class Controllers {
  private static final Set<String> SCSI_MODELS =
      Set.of("lsilogic", "lsilogicsas", "buslogic", "virtualscsi", "pvscsi", "virtioscsi");

  /**
   * A controller.
   *
   * @param number among those of its kind
   */
  private record Controller(Bus bus, @Nullable String model, int number) {}

  private final VmContext vm;
  private final Map<String, Controller> byInstance = new HashMap<>();
  private final Map<Bus, Set<Integer>> numbers = new EnumMap<>(Bus.class);
  private final Map<String, Set<Integer>> units = new HashMap<>();

  Controllers(VmContext vm) {
    this.vm = vm;
    vm.hardware().items().forEach(this::add);
  }

  /** The bus of a controller, or null for an item that is none. */
  static @Nullable Bus bus(HardwareItem item) {
    int type = item.type();
    if (type == HardwareItem.IDE) {
      return Bus.IDE;
    } else if (type == HardwareItem.SCSI) {
      return Bus.SCSI;
    } else if (type != HardwareItem.OTHER_STORAGE || item.field("HostResource") != null) {
      return null;
    }
    String words = item.subtype();
    if (words.contains("nvme")) {
      return Bus.NVME;
    } else if (words.contains("ahci") || words.contains("sata")) {
      return Bus.SATA;
    } else if (words.contains("scsi") || words.contains("sas")) {
      return Bus.SCSI;
    }
    return words.contains("virtio") ? Bus.VIRTIO : null;
  }

  private void add(HardwareItem item) {
    Bus bus = bus(item);
    if (bus == null) {
      return;
    }
    Set<Integer> taken = numbers.computeIfAbsent(bus, b -> new HashSet<>());
    Integer written = item.number("Address");
    Integer number = written != null ? written : item.number("BusNumber");
    int chosen = number != null && !taken.contains(number) ? number : taken.size();
    while (!taken.add(chosen)) {
      chosen++;
    }
    byInstance.putIfAbsent(item.instance(), new Controller(bus, model(item), chosen));
  }

  private static @Nullable String model(HardwareItem item) {
    List<String> subtypes = item.subtypes();
    return subtypes.stream()
        .filter(SCSI_MODELS::contains)
        .findFirst()
        .orElse(subtypes.isEmpty() ? null : subtypes.get(0));
  }

  /** Where a drive hangs; a drive without a place gets the next free one. */
  DiskAddress address(HardwareItem drive) {
    String parent = drive.field("Parent");
    Controller controller = parent == null ? null : byInstance.get(parent);
    if (controller == null) {
      vm.warn(
          "OVF-012",
          "the disk \"" + drive.label() + "\" hangs on no controller that the descriptor has",
          "set the bus of the disk in the plan",
          parent == null ? "" : "parent " + parent);
      controller = new Controller(Bus.UNKNOWN, null, 0);
    }
    return new DiskAddress(
        controller.bus(), controller.model(), controller.number(), unit(drive, controller));
  }

  private int unit(HardwareItem drive, Controller controller) {
    Set<Integer> taken =
        units.computeIfAbsent(controller.bus() + "/" + controller.number(), k -> new HashSet<>());
    Integer written = drive.number("AddressOnParent");
    if (written != null && taken.add(written)) {
      return written;
    }
    int free = taken.isEmpty() ? 0 : taken.stream().mapToInt(Integer::intValue).max().orElse(0);
    while (!taken.add(free)) {
      free = free == Integer.MAX_VALUE ? 0 : free + 1;
    }
    if (written != null) {
      vm.warn(
          "OVF-013",
          "two drives have one place on a controller",
          "check the order of the VM's disks in the plan, above all the boot disk",
          drive.label() + " at " + written + ", moved to " + free);
    }
    return free;
  }
}
