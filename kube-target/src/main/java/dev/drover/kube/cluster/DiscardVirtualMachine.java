package dev.drover.kube.cluster;

import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.kube.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** Removes what Drover made for a VM: the machine first, so that nothing holds its disks. */
final class DiscardVirtualMachine {
  private static final List<Kind> IN_ORDER =
      List.of(Kind.VIRTUAL_MACHINE, Kind.DATA_VOLUME, Kind.CLAIM);

  private final Api api;
  private final RemoveObject remove;

  DiscardVirtualMachine(Api api, RemoveObject remove) {
    this.api = api;
    this.remove = remove;
  }

  /** What was removed; a claim that went with its DataVolume is not counted. */
  List<ObjectRef> discard(Manifest machine) {
    String selector = Ownership.selector(machine);
    return ExplainRefusal.during(
        ApplyVirtualMachine.subject(machine),
        () -> {
          List<ObjectRef> removed = new ArrayList<>();
          for (Kind kind : IN_ORDER) {
            for (Resource object : api.list(kind, machine.namespace(), selector)) {
              // The selector asked for it already; a server that heeds none must not cost a disk.
              if (Ownership.isOurs(object, machine)) {
                boolean gone = object.leaving();
                remove.andWait(kind, object);
                if (kind != Kind.CLAIM || !gone) {
                  removed.add(
                      new ObjectRef(kind.text(), object.namespace(), object.name(), object.uid()));
                }
              }
            }
          }
          return removed;
        });
  }
}
