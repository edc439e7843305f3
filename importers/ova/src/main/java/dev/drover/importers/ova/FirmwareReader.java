package dev.drover.importers.ova;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.SourceNic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what starts the VM: VMware's {@code Config} keys and {@code BootOrderSection}, VirtualBox's
 * {@code Machine} element. OVF itself has no word for the firmware.
 */
final class FirmwareReader {
  private final VmContext vm;
  private final @Nullable XmlElement machine;

  FirmwareReader(VmContext vm) {
    this.vm = vm;
    this.machine =
        vm.system()
            .element()
            .all("Machine")
            .filter(m -> m.namespace().contains("virtualbox"))
            .findFirst()
            .orElse(null);
  }

  Firmware read(Map<String, String> disks, Map<String, String> nics, List<SourceNic> allNics) {
    String nvram = nvram();
    return new Firmware(
        type(), secureBoot(), tpm(), bootOrder(disks, nics, allNics), nvram, clock(), null);
  }

  private @Nullable XmlElement box(String element) {
    XmlElement hardware = machine == null ? null : machine.first("Hardware");
    XmlElement direct = hardware == null ? null : hardware.first(element);
    XmlElement bios = hardware == null ? null : hardware.first("BIOS");
    return direct != null ? direct : bios == null ? null : bios.first(element);
  }

  private static String attribute(@Nullable XmlElement element, String name) {
    String value = element == null ? null : element.attribute(name);
    return value == null ? "" : value;
  }

  private Firmware.Type type() {
    String key = vm.hardware().config("firmware");
    if (key != null) {
      return key.equalsIgnoreCase("efi") || key.equalsIgnoreCase("uefi")
          ? Firmware.Type.EFI
          : key.equalsIgnoreCase("bios") ? Firmware.Type.BIOS : Firmware.Type.UNKNOWN;
    }
    if (machine != null) {
      // VirtualBox writes the element only where it is not BIOS.
      return attribute(box("Firmware"), "type").startsWith("EFI")
          ? Firmware.Type.EFI
          : Firmware.Type.BIOS;
    }
    // VMware's products start a descriptor without the key from BIOS, since that was all there was
    // when the format was made; exports of EFI machines carry the key.
    String types = vm.hardware().system("VirtualSystemType");
    return types != null && types.contains("vmx-") ? Firmware.Type.BIOS : Firmware.Type.UNKNOWN;
  }

  private Answer secureBoot() {
    return Answer.of(
        vm.hardware()
            .flag(
                "bootOptions.efiSecureBootEnabled",
                "uefi.secureBoot.enabled",
                "efiSecureBootEnabled"));
  }

  private Answer tpm() {
    boolean item = vm.hardware().items().stream().anyMatch(i -> i.subtype().contains("vtpm"));
    String box = attribute(box("TrustedPlatformModule"), "type");
    if (item || (!box.isEmpty() && !box.equalsIgnoreCase("None"))) {
      return Answer.YES;
    }
    String auto = vm.hardware().config("managedvm.autoAddVTPM");
    return auto != null ? Answer.YES : Answer.of(vm.hardware().flag("vtpm.present"));
  }

  private Firmware.@Nullable Clock clock() {
    return switch (attribute(box("RTC"), "localOrUTC")) {
      case "UTC" -> Firmware.Clock.UTC;
      case "local" -> Firmware.Clock.LOCALTIME;
      default -> null;
    };
  }

  private @Nullable String nvram() {
    String value = vm.hardware().config("nvram");
    if (value == null) {
      return null;
    }
    String id = value.replaceFirst("^ovf:/file/", "");
    OvfFile file = id.equals(value) ? null : vm.envelope().file(id);
    String name = file == null ? value : file.href();
    vm.inform(
        "OVF-022",
        "the firmware's variables do not move; the boot entries of the guest are made anew",
        "if the guest does not start, choose its loader in the firmware's menu once",
        name);
    return name;
  }

  private List<String> bootOrder(
      Map<String, String> disks, Map<String, String> nics, List<SourceNic> allNics) {
    List<String> order = new ArrayList<>();
    vm.system()
        .element()
        .all("BootOrderSection")
        .forEach(
            section -> {
              String instance = section.foreign("instanceId");
              String type = String.valueOf(section.foreign("type"));
              if (instance != null && disks.containsKey(instance.strip())) {
                order.add(String.valueOf(disks.get(instance.strip())));
              } else if (instance != null && nics.containsKey(instance.strip())) {
                order.add(String.valueOf(nics.get(instance.strip())));
              } else if (instance == null && (type.equals("net") || type.equals("ethernet"))) {
                allNics.forEach(nic -> order.add(nic.id()));
              } else if (type.equals("disk")) {
                vm.warn(
                    "OVF-028",
                    "the boot order names a disk that the VM does not have",
                    "check the order of the VM's disks in the inventory",
                    "instanceId " + instance);
              }
            });
    return order.stream().distinct().toList();
  }
}
