package dev.drover.mappings.assess;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.target.SourceOutlook;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What should be of one VM alone. */
final class SharedIdentity implements Check {
  static final KnownFinding MAC =
      KnownFinding.blocker(
          "NIC-010",
          "another VM has a NIC with the same MAC",
          "correct it at the source, or leave one of the NICs behind with \"skip: true\" in the plan");

  static final KnownFinding NAME =
      KnownFinding.warning(
          "NAME-040",
          "another VM gets the same name at the target",
          "choose a \"targetName\" in the plan; where none is chosen, a new plan adds a number");

  static final KnownFinding UUID =
      KnownFinding.warning(
          "VM-049",
          "another VM has the same SMBIOS UUID",
          "correct it at the source: agents and licences take both for one machine");

  static final KnownFinding TWICE =
      KnownFinding.warning(
          "VM-050",
          "the management system's UUID is there twice; the same VM may be listed twice",
          "leave one out of the sources, or of the plan");

  @Override
  public List<KnownFinding> findings() {
    return List.of(MAC, NAME, UUID, TWICE);
  }

  @Override
  public void look(Subject vm, Told told) {
    Set<String> macs = new LinkedHashSet<>();
    for (SourceNic nic : vm.vm().nics()) {
      String mac = SourceOutlook.mac(nic.mac());
      if (mac != null && macs.add(mac)) {
        tell(vm, Sightings.Of.MAC, mac, mac, MAC, told);
      }
    }
    String label = DnsLabel.of(vm.vm().name());
    tell(vm, Sightings.Of.TARGET_NAME, label, label, NAME, told);
    Identity identity = vm.vm().identity();
    String bios = Sightings.uuid(identity.biosUuid());
    tell(vm, Sightings.Of.BIOS_UUID, bios, identity.biosUuid(), UUID, told);
    String instance = Sightings.uuid(identity.instanceUuid());
    tell(vm, Sightings.Of.INSTANCE_UUID, instance, identity.instanceUuid(), TWICE, told);
  }

  private static void tell(
      Subject vm,
      Sightings.Of kind,
      @Nullable String value,
      @Nullable String shown,
      KnownFinding known,
      Told told) {
    String others = vm.others().others(kind, value, vm.vm().ref());
    if (others != null) {
      told.add(known, shown + ": " + others);
    }
  }
}
