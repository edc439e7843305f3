package dev.drover.importers.vsphere;

import com.vmware.vim25.HttpNfcLeaseDeviceUrl;
import com.vmware.vim25.HttpNfcLeaseInfo;
import com.vmware.vim25.HttpNfcLeaseState;
import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An export that the server keeps for one VM while its disks are read. A thread of its own tells
 * the server that it is still wanted; when the server gave it up, whoever reads is woken. Safe for
 * several threads.
 */
final class NfcLease {
  private static final Logger LOG = LoggerFactory.getLogger(NfcLease.class);
  private static final List<String> PATHS = List.of("state", "error", "info");

  /** The API's own promise where an answer names none. */
  private static final int USUAL_TIMEOUT = 300;

  private final Session session;
  private final ManagedObjectReference ref;
  private final String subject;
  private final HttpNfcLeaseInfo info;
  private final AtomicLong bytes = new AtomicLong();
  private final Set<NfcStream> readers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "drover-nfc-lease");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable String lost;

  private NfcLease(
      Session session, ManagedObjectReference ref, String subject, HttpNfcLeaseInfo info) {
    this.session = session;
    this.ref = ref;
    this.subject = subject;
    this.info = info;
  }

  /**
   * Takes one and waits until the server is ready.
   *
   * @throws SourceFailed when the server refuses it; nothing is held then
   */
  static NfcLease take(Session session, String subject, Session.Call<ManagedObjectReference> call) {
    String doing = "its disks cannot be exported";
    try {
      ManagedObjectReference ref = new WhileBusy(session, subject).call(call);
      Props props = wait(session, ref);
      HttpNfcLeaseInfo info = props == null ? null : props.get("info", HttpNfcLeaseInfo.class);
      if (props == null || info == null || state(props) != HttpNfcLeaseState.ready) {
        abort(session, ref);
        throw notReady(subject, doing, props);
      }
      NfcLease lease = new NfcLease(session, ref, subject, info);
      lease.keepAlive();
      return lease;
    } catch (RemoteException e) {
      throw session.failure(subject, doing, e);
    }
  }

  private static SourceFailed notReady(String subject, String doing, @Nullable Props props)
      throws FaultAnswer {
    if (props != null && state(props) == HttpNfcLeaseState.error) {
      throw Tasks.fault(props.get("error", LocalizedMethodFault.class));
    }
    return new SourceFailed(
        subject,
        doing + ": the server does not get ready for it",
        "see in vCenter what it is busy with, and run it again",
        Retry.WORTHWHILE,
        null);
  }

  private static @Nullable HttpNfcLeaseState state(Props props) {
    return props.get("state", HttpNfcLeaseState.class);
  }

  private static @Nullable Props wait(Session session, ManagedObjectReference ref)
      throws RemoteException {
    return new Watch(session)
        .until(
            ref,
            PATHS,
            now -> state(now) != null && state(now) != HttpNfcLeaseState.initializing,
            session.transport().limits().answer(),
            () -> false);
  }

  private void keepAlive() {
    int timeout = info.leaseTimeout > 0 ? info.leaseTimeout : USUAL_TIMEOUT;
    long period =
        Math.min(
            TimeUnit.SECONDS.toMillis(timeout) / 4,
            session.transport().limits().work().sign().toMillis());
    pulse.scheduleWithFixedDelay(this::tell, period, period, TimeUnit.MILLISECONDS);
  }

  private void tell() {
    try {
      session.raw(
          (vim, content) -> {
            vim.httpNfcLeaseProgress(ref, percent());
            return ref;
          });
    } catch (FaultAnswer e) {
      lost = String.valueOf(e.getMessage());
      LOG.info("{}: the server gave the export up: {}", subject, lost);
      pulse.shutdown();
      readers.forEach(NfcStream::wake);
    } catch (RemoteException | RuntimeException e) {
      LOG.debug("{}: keeping the export alive: {}", subject, e.getMessage());
    }
  }

  /** At most 99: what is read is not yet known to be whole. */
  private int percent() {
    long all = Math.max(1, info.totalDiskCapacityInKB) << 10;
    return (int) Math.min(99, bytes.get() * 100 / all);
  }

  List<HttpNfcLeaseDeviceUrl> urls() {
    return Props.list(info.deviceUrl, HttpNfcLeaseDeviceUrl.class);
  }

  /** Why the server gave it up, or null. */
  @Nullable String lost() {
    return lost;
  }

  void begins(NfcStream reader) {
    readers.add(reader);
  }

  void advance(int count) {
    bytes.addAndGet(count);
  }

  void ends(NfcStream reader) {
    readers.remove(reader);
  }

  boolean isRead() {
    return !readers.isEmpty();
  }

  /**
   * Gives it back.
   *
   * @param whole whether everything that was asked for was read to its end
   */
  void end(boolean whole) {
    pulse.shutdownNow();
    if (whole && lost == null) {
      session.quietly(
          "completing an export",
          (vim, c) -> {
            vim.httpNfcLeaseComplete(ref);
            return ref;
          });
    } else {
      abort(session, ref);
    }
  }

  private static void abort(Session session, ManagedObjectReference ref) {
    session.quietly(
        "aborting an export",
        (vim, c) -> {
          vim.httpNfcLeaseAbort(ref, null);
          return ref;
        });
  }
}
