package dev.drover.importers.vsphere;

import dev.drover.importers.api.Hold;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.SourceLeftovers;
import dev.drover.mappings.model.VmRef;
import java.rmi.RemoteException;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots of Drover's runs on all VMs of a source. */
final class Leftovers implements SourceLeftovers {
  private final String source;
  private final Session session;
  private final Collector collector;

  Leftovers(String source, Session session) {
    this.source = source;
    this.session = session;
    this.collector = new Collector(session);
  }

  @Override
  public Stream<Leftover> leftovers() {
    return collector.stream("VirtualMachine", List.of("name", "snapshot"))
        .flatMap(vm -> OwnSnapshots.in(vm).stream().map(each -> leftover(vm, each)));
  }

  private Leftover leftover(Props vm, OwnSnapshots.Own own) {
    String name = vm.text("name");
    return new Leftover(
        new VmRef(source, vm.id()),
        name == null ? vm.id() : Tree.decoded(name),
        "snapshot " + own.name(),
        own.ref().val,
        own.runId(),
        own.since());
  }

  /** Looked for again: the id may by now be that of another's. */
  @Override
  public void remove(Leftover leftover) {
    String subject = "VM \"" + leftover.vmName() + "\"";
    Props vm;
    try {
      vm = collector.read(VmMoid.of(leftover.vm()), List.of("snapshot"));
    } catch (FaultAnswer e) {
      if (e.is("ManagedObjectNotFound")) {
        return;
      }
      throw session.failure(subject, "its snapshots cannot be read", e);
    } catch (RemoteException e) {
      throw session.failure(subject, "its snapshots cannot be read", e);
    }
    for (OwnSnapshots.Own own : OwnSnapshots.in(vm)) {
      if (own.ref().val.equals(leftover.id())) {
        new SnapshotHold(session, vm.ref(), subject, Hold.snapshot(own.runId(), false))
            .remove(own.ref());
      }
    }
  }
}
