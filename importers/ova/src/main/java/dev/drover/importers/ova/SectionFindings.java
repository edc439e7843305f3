package dev.drover.importers.ova;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says which sections of a descriptor do not reach the target. */
final class SectionFindings {
  /** Read, or without meaning for a VM outside its hypervisor. */
  private static final Set<String> KNOWN =
      Set.of(
          "Info", "Name", "References", "DiskSection", "SharedDiskSection", "NetworkSection",
          "DeploymentOptionSection", "VirtualSystem", "VirtualSystemCollection", "Strings",
          "IpAssignmentSection", "EulaSection", "ProductSection", "AnnotationSection",
          "StartupSection", "ResourceAllocationSection", "OperatingSystemSection",
          "VirtualHardwareSection", "InstallSection", "BootOrderSection", "BootDeviceSection",
          "EnvironmentFilesSection", "Machine");

  private final VmContext vm;

  SectionFindings(VmContext vm) {
    this.vm = vm;
  }

  void report() {
    List<XmlElement> around = new ArrayList<>(vm.system().parents());
    around.add(vm.envelope().root());
    around.add(vm.system().element());
    for (XmlElement parent : around) {
      parent.children().forEach(this::unknown);
    }
    reportProduct();
    if (vm.system().element().first("InstallSection") != null) {
      vm.warn(
          "OVF-029",
          "the appliance is installed at its first start, which the publisher's hypervisor runs",
          "start it once where it comes from and export it again, or finish the installation by hand",
          "InstallSection");
    }
    if (vm.system().sections("ResourceAllocationSection").findAny().isPresent()) {
      vm.inform(
          "OVF-024",
          "the appliance reserves resources for all its VMs together; that does not move",
          "set a ResourceQuota for the namespace if it matters",
          "ResourceAllocationSection");
    }
  }

  private void unknown(XmlElement section) {
    if (KNOWN.contains(section.name()) || !section.required()) {
      return;
    }
    if (section.name().equals("EncryptionSection")) {
      vm.block(
          "OVF-009",
          "parts of the appliance are encrypted",
          "decrypt it with the publisher's tool first",
          section.place().toString());
      return;
    }
    vm.warn(
        "OVF-009",
        "the descriptor demands that " + section.name() + " is understood, and Drover does not",
        "read it in the descriptor and do by hand what it asks for",
        section.place().toString());
  }

  private void reportProduct() {
    if (vm.system().sections("EulaSection").findAny().isPresent()) {
      vm.inform(
          "OVF-015",
          "the appliance comes with a licence that its user has to accept",
          "read the EulaSection of the descriptor",
          vm.envelope().root().place().file());
    }
    String transport = vm.hardware().section().attribute("transport");
    if (vm.properties().configurable() && transport != null && !transport.isBlank()) {
      vm.warn(
          "OVF-014",
          "the guest expects to be told its settings by the hypervisor at its first start",
          "start it once where it comes from, or configure it by hand after the move",
          "transport " + transport);
    }
    if (vm.system().element().all("Name").count() > 1) {
      vm.inform("OVF-021", "the VM has several names; the first is taken", "nothing to do", "");
    }
    if (!vm.system().key().equals(vm.system().writtenId())) {
      vm.warn(
          "OVF-021",
          "two VMs of the descriptor have the id \"" + SafeName.shown(vm.system().writtenId()) + "\"",
          "tell them apart by their order in the descriptor",
          vm.system().key());
    }
  }
}
