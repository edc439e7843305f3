package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** No foreign object has a name that this VM or its disks are to have. */
final class NamesCheck implements PreflightCheck {
  private final Api api;
  private final Rendering rendering;

  NamesCheck(Api api, Rendering rendering) {
    this.api = api;
    this.rendering = rendering;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    List<Finding> findings = new ArrayList<>();
    Manifest machine = rendering.virtualMachine(vm);
    look(findings, Kind.VIRTUAL_MACHINE, machine.namespace(), machine.name(), machine);
    for (TargetDisk disk : vm.disks()) {
      look(findings, Kind.DATA_VOLUME, vm.namespace(), disk.claim(), machine);
      look(findings, Kind.CLAIM, vm.namespace(), disk.claim(), machine);
    }
    return findings;
  }

  private void look(
      List<Finding> findings, Kind kind, String namespace, String name, Manifest machine) {
    Seen<Optional<Resource>> seen = Seen.look(() -> api.get(kind, namespace, name));
    if (seen.answer().isEmpty()) {
      findings.add(PreflightCheck.hidden(seen, "the name " + name + " is free"));
      return;
    }
    Optional<Resource> there = seen.answer().get();
    if (there.isPresent() && !isOurs(kind, there.get(), machine)) {
      findings.add(
          Finding.blocker(
                  "K8S-070",
                  kind.text()
                      + " \""
                      + namespace
                      + "/"
                      + name
                      + "\" is there already, and "
                      + Ownership.holder(there.get()),
                  "give this VM another name in the plan, or look whether anybody needs that object and"
                      + " remove it yourself: kubectl describe "
                      + kind.resource()
                      + " "
                      + name
                      + " -n "
                      + namespace)
              .with(there.get().uid()));
    }
  }

  /** A claim that CDI made for our DataVolume is ours even where CDI copied no labels. */
  private boolean isOurs(Kind kind, Resource object, Manifest machine) {
    if (Ownership.isOurs(object, machine)) {
      return true;
    }
    return kind == Kind.CLAIM
        && object.list("metadata", "ownerReferences").stream()
            .anyMatch(
                o ->
                    o.text("kind").equals(Kind.DATA_VOLUME.text())
                        && o.text("name").equals(object.name()))
        && api.get(Kind.DATA_VOLUME, object.namespace(), object.name())
            .filter(d -> Ownership.isOurs(d, machine))
            .isPresent();
  }
}
