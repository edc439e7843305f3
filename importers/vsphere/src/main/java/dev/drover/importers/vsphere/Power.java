package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualMachinePowerState;
import dev.drover.importers.api.VmPower;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.VmRef;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches VMs. A call whose answer is lost is not sent again: the VM's state says whether it was
 * carried out.
 */
final class Power implements VmPower {
  private static final Logger LOG = LoggerFactory.getLogger(Power.class);
  private static final String STATE = "runtime.powerState";
  private static final String TOOLS = "guest.toolsRunningStatus";

  private final Session session;
  private final Collector collector;

  Power(Session session) {
    this.session = session;
    this.collector = new Collector(session);
  }

  @Override
  public PowerState state(VmRef ref) {
    return state(read(ref));
  }

  private Props read(VmRef ref) {
    return collector.one(
        VmMoid.of(ref),
        List.of(STATE, TOOLS),
        VmMoid.subject(ref),
        "its power state cannot be read");
  }

  static PowerState state(Props vm) {
    VirtualMachinePowerState state = vm.get(STATE, VirtualMachinePowerState.class);
    if (state == null) {
      return PowerState.UNKNOWN;
    }
    return switch (state) {
      case poweredOn -> PowerState.ON;
      case poweredOff -> PowerState.OFF;
      case suspended -> PowerState.SUSPENDED;
    };
  }

  @Override
  public boolean shutDown(VmRef ref, Duration within, BooleanSupplier cancelled) {
    Props before = read(ref);
    if (state(before) != PowerState.ON) {
      return state(before) == PowerState.OFF;
    }
    if (!"guestToolsRunning".equals(before.text(TOOLS))) {
      LOG.info("{}: VMware Tools do not run, so that nothing in it hears a shutdown", ref);
      return false;
    }
    try {
      ask(before.ref());
      return isSoon(before.ref(), PowerState.OFF, within, cancelled);
    } catch (FaultAnswer e) {
      if (e.is("ToolsUnavailable")) {
        return false;
      }
      return settle(ref, PowerState.OFF, "it cannot be shut down", e);
    } catch (RemoteException e) {
      throw session.failure(VmMoid.subject(ref), "it cannot be shut down", e);
    }
  }

  private void ask(ManagedObjectReference vm) throws RemoteException {
    try {
      session.raw(
          (vim, content) -> {
            vim.shutdownGuest(vm);
            return vm;
          });
    } catch (CallFailed e) {
      if (!e.mayBeDone()) {
        throw e;
      }
      LOG.info("{}: the answer to the shutdown is lost; waiting all the same", vm.val);
    }
  }

  private boolean isSoon(
      ManagedObjectReference vm, PowerState wanted, Duration within, BooleanSupplier cancelled)
      throws RemoteException {
    return new Watch(session)
            .until(vm, List.of(STATE), now -> state(now) == wanted, within, cancelled)
        != null;
  }

  /** It may be there although, or because, somebody else was faster. */
  private boolean settle(VmRef ref, PowerState wanted, String doing, RemoteException cause) {
    if (state(ref) == wanted) {
      return true;
    }
    throw session.failure(VmMoid.subject(ref), doing, cause);
  }

  @Override
  public void powerOff(VmRef ref) {
    reach(
        ref,
        PowerState.OFF,
        "it cannot be powered off",
        (vim, c) -> vim.powerOffVM_Task(VmMoid.of(ref)));
  }

  @Override
  public void start(VmRef ref) {
    reach(
        ref,
        PowerState.ON,
        "it cannot be started",
        (vim, c) -> vim.powerOnVM_Task(VmMoid.of(ref), null));
  }

  private void reach(
      VmRef ref, PowerState wanted, String doing, Session.Call<ManagedObjectReference> call) {
    if (state(ref) == wanted) {
      return;
    }
    try {
      new Tasks(session, VmMoid.subject(ref)).run(call);
      if (!isSoon(VmMoid.of(ref), wanted, session.transport().limits().answer(), () -> false)) {
        throw stays(ref, doing, null);
      }
    } catch (CallFailed e) {
      afterSilence(ref, wanted, doing, e);
    } catch (RemoteException e) {
      settle(ref, wanted, doing, e);
    }
  }

  private void afterSilence(VmRef ref, PowerState wanted, String doing, CallFailed lost) {
    try {
      if (lost.mayBeDone()
          && isSoon(VmMoid.of(ref), wanted, session.transport().limits().answer(), () -> false)) {
        return;
      }
    } catch (RemoteException e) {
      lost.addSuppressed(e);
    }
    throw stays(ref, doing, lost);
  }

  private static SourceFailed stays(VmRef ref, String doing, @Nullable CallFailed cause) {
    return new SourceFailed(
        VmMoid.subject(ref),
        doing,
        "see in vCenter whether the VM asks a question or a task on it is stuck, and run it again",
        dev.drover.mappings.failure.Retry.WORTHWHILE,
        cause);
  }
}
