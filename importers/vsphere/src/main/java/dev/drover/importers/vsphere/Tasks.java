package dev.drover.importers.vsphere;

import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has the server do something that takes time, and waits for its end. */
final class Tasks {
  private static final List<String> INFO = List.of("info");

  private final Session session;
  private final String subject;

  /**
   * @param subject whose they are, for the log
   */
  Tasks(Session session, String subject) {
    this.session = session;
    this.subject = subject;
  }

  /**
   * Runs one, when no other holds its VM any more.
   *
   * @return what it gave, or null
   * @throws FaultAnswer when the server refused it or it failed
   * @throws CallFailed when nobody knows how it ended
   */
  @Nullable Object run(Session.Call<ManagedObjectReference> start) throws RemoteException {
    ManagedObjectReference task = new WhileBusy(session, subject).call(start);
    Props props =
        new Watch(session)
            .until(
                task,
                INFO,
                Tasks::hasEnded,
                session.transport().limits().work().task(),
                () -> false);
    if (props == null) {
      throw new CallFailed("the server's task " + task.val + " does not end", true);
    }
    TaskInfo info = Objects.requireNonNull(props.get("info", TaskInfo.class));
    if (info.state == TaskInfoState.error) {
      throw fault(info.error);
    }
    return info.result;
  }

  private static boolean hasEnded(Props task) {
    TaskInfo info = task.get("info", TaskInfo.class);
    return info != null
        && (info.state == TaskInfoState.success || info.state == TaskInfoState.error);
  }

  /** What failed a task or a lease, as if the call itself had been refused. */
  static FaultAnswer fault(@Nullable LocalizedMethodFault error) {
    String text = error == null || error.localizedMessage == null ? "" : error.localizedMessage;
    return new FaultAnswer(SoapAnswers.typeOf(error), text, error == null ? null : error.fault);
  }
}
