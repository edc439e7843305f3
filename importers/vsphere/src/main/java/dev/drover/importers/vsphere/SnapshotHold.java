package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualHardware;
import com.vmware.vim25.VirtualMachinePowerState;
import dev.drover.importers.api.Hold;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot that holds a VM still for a run. A run that was killed finds the one that it left,
 * and goes on with it: what it copied of the frozen disks stays valid.
 *
 * <p>Quiescing falls back in one case only: where nothing in the guest listens, as a guest without
 * tools and a VM that is off. When the guest tried and failed, the copy fails: whoever asks for a
 * consistent copy must not get another one unnoticed.
 */
final class SnapshotHold {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotHold.class);
  private static final BooleanSupplier NEVER = () -> false;

  private final Session session;
  private final Collector collector;
  private final ManagedObjectReference vm;
  private final String subject;
  private final Hold hold;

  SnapshotHold(Session session, ManagedObjectReference vm, String subject, Hold hold) {
    this.session = session;
    this.collector = new Collector(session);
    this.vm = vm;
    this.subject = subject;
    this.hold = hold;
  }

  /**
   * Finds or makes it.
   *
   * @throws SourceFailed when the server refuses; nothing is left then
   */
  OwnSnapshots.Own take() {
    Optional<OwnSnapshots.Own> left =
        find(collector.one(vm, List.of("snapshot"), subject, doing()));
    if (left.isPresent()) {
      LOG.info("{}: going on with the snapshot {} of this run", subject, left.get().name());
      return left.get();
    }
    boolean quiesce = hold.quiesce() && isGuestListening();
    try {
      new Tasks(session, subject)
          .run(
              (vim, content) ->
                  vim.createSnapshot_Task(
                      vm,
                      OwnSnapshots.name(hold.runId()),
                      OwnSnapshots.description(hold.runId()),
                      false,
                      quiesce));
      return seen(Duration.ofMinutes(1), null);
    } catch (CallFailed e) {
      return seen(e.mayBeDone() ? session.transport().limits().answer() : Duration.ZERO, e);
    } catch (RemoteException e) {
      removeHalfMade();
      throw SnapshotRefusal.of(session, subject, quiesce, e);
    }
  }

  private String doing() {
    return "no snapshot of it can be made";
  }

  private Optional<OwnSnapshots.Own> find(Props props) {
    return OwnSnapshots.in(props).stream()
        .filter(each -> each.runId().equals(hold.runId()))
        .findFirst();
  }

  private boolean isGuestListening() {
    Props now =
        collector.one(
            vm, List.of("guest.toolsRunningStatus", "runtime.powerState"), subject, doing());
    boolean listening =
        "guestToolsRunning".equals(now.text("guest.toolsRunningStatus"))
            && now.get("runtime.powerState", VirtualMachinePowerState.class)
                == VirtualMachinePowerState.poweredOn;
    if (!listening) {
      LOG.warn("{}: nothing in the guest quiesces; the snapshot is as after a power cut", subject);
    }
    return listening;
  }

  /** The VM's tree tells what became of the call, whatever became of its answer. */
  private OwnSnapshots.Own seen(Duration within, @Nullable CallFailed lost) {
    try {
      Props props =
          new Watch(session)
              .until(vm, List.of("snapshot"), now -> find(now).isPresent(), within, NEVER);
      if (props != null) {
        return find(props).orElseThrow();
      }
    } catch (RemoteException e) {
      throw session.failure(subject, doing(), e);
    }
    throw new SourceFailed(
        subject,
        doing(),
        "see in vCenter whether its snapshot comes yet, and run it again",
        Retry.WORTHWHILE,
        lost);
  }

  private void removeHalfMade() {
    try {
      find(collector.read(vm, List.of("snapshot"))).ifPresent(each -> remove(each.ref()));
    } catch (RemoteException | Failure e) {
      LOG.warn("{}: see whether a snapshot is left there: {}", subject, e.getMessage());
    }
  }

  /** The VM's hardware as it stood; its disks are the frozen ones. */
  VirtualHardware frozen(OwnSnapshots.Own own) {
    Props props =
        collector.one(
            own.ref(), List.of("config.hardware"), subject, "its snapshot cannot be read");
    return Objects.requireNonNullElseGet(
        props.get("config.hardware", VirtualHardware.class), VirtualHardware::new);
  }

  /**
   * Removes it; what is gone already is no failure. Disks that the server could not join are joined
   * once more, so that nothing is left behind.
   *
   * @throws SourceFailed when it stays
   */
  void remove(ManagedObjectReference snapshot) {
    try {
      boolean before = isJoiningNeeded();
      new Tasks(session, subject).run((vim, c) -> vim.removeSnapshot_Task(snapshot, false, true));
      if (!before && isJoiningNeeded()) {
        LOG.info("{}: its disks need to be joined after the snapshot went", subject);
        new Tasks(session, subject).run((vim, c) -> vim.consolidateVMDisks_Task(vm));
      }
    } catch (FaultAnswer e) {
      if (!e.is("ManagedObjectNotFound")) {
        throw stays(e);
      }
    } catch (RemoteException e) {
      throw stays(e);
    }
  }

  private SourceFailed stays(RemoteException cause) {
    return new SourceFailed(
        subject,
        "the snapshot " + OwnSnapshots.name(hold.runId()) + " stays at the source",
        "see why in vCenter; ./drover clean --source removes it, as does deleting it there",
        Retry.WORTHWHILE,
        cause);
  }

  private boolean isJoiningNeeded() throws RemoteException {
    Props now = collector.read(vm, List.of("runtime.consolidationNeeded"));
    return Boolean.TRUE.equals(now.get("runtime.consolidationNeeded", Boolean.class));
  }
}
