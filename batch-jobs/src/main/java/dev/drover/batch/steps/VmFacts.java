package dev.drover.batch.steps;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.TargetVm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A VM's facts as a hook's environment; docs/user-guide.md has the list. What is not known, since
 * the VM cannot be read at the source or cannot be mapped, is left out.
 */
final class VmFacts {
  private static final Logger LOG = LoggerFactory.getLogger(VmFacts.class);

  private VmFacts() {}

  static Map<String, String> of(VmRun vm) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("DROVER_VM", vm.plan().ref().toString());
    facts.put("DROVER_VM_NAME", vm.label());
    if (vm.rehearsal()) {
      facts.put("DROVER_REHEARSAL", "true");
    }
    try {
      source(vm.sourceVm(), facts);
      MappedVm mapped = vm.mapped();
      TargetVm target = mapped.vm();
      if (target != null) {
        facts.put("DROVER_TARGET_NAME", target.name());
        facts.put("DROVER_NAMESPACE", target.namespace());
      }
    } catch (Failure e) {
      // Said already as the failure of the step that met it first.
      LOG.debug("facts of {} are not known", vm.subject(), e);
    }
    return facts;
  }

  private static void source(SourceVm vm, Map<String, String> facts) {
    facts.put("DROVER_VM_NAME", vm.name());
    facts.put("DROVER_VM_CPUS", Integer.toString(vm.cpu().count()));
    facts.put("DROVER_VM_MEMORY_MIB", Long.toString(vm.memory().size().bytes() >> 20));
    facts.put("DROVER_VM_DISKS", Integer.toString(vm.disks().size()));
    facts.put("DROVER_VM_DISK_BYTES", Long.toString(vm.totalDiskSize().bytes()));
    Guest guest = vm.guest();
    for (String os :
        new String[] {guest.reportedOs(), guest.configuredOsName(), guest.configuredOs()}) {
      if (os != null && !os.isBlank()) {
        facts.put("DROVER_VM_OS", os);
        return;
      }
    }
  }
}
