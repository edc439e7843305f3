package dev.drover.importers.vsphere.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds to a simulator what it lacks: exports of VMs and snapshots, by leases whose addresses name
 * no host. As at a real server there is one at a time for a VM (this one takes all VMs for one),
 * and it ends when nobody gives a sign of life; unlike there, one image serves for every disk.
 */
public final class NfcPeer {
  private static final Pattern LEASE = Pattern.compile("lease-test-[0-9]+");

  /** What became of a lease. */
  public enum Lease {
    OPEN,
    COMPLETED,
    ABORTED,
    TIMED_OUT
  }

  private final byte[] image;
  private final Duration patience;
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private final AtomicInteger stallAfter = new AtomicInteger(-1);
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private long sign;
  private volatile String host = "http://*";
  private volatile String thumbprint = "";

  /** Whose leases wait five minutes for a sign of life, as real ones. */
  public NfcPeer(FaultProxy proxy, byte[] image) {
    this(proxy, image, Duration.ofMinutes(5));
  }

  /**
   * Begins to answer.
   *
   * @param image of every disk
   * @param patience until a lease without a sign of life ends; whole seconds
   */
  public NfcPeer(FaultProxy proxy, byte[] image, Duration patience) {
    this.image = image;
    this.patience = patience;
    for (String each : List.of("ExportVm", "ExportSnapshot")) {
      proxy.when(each, FaultProxy.ALWAYS, (exchange, pass) -> take(each, exchange, pass));
    }
    answer(proxy, "HttpNfcLeaseProgress", Lease.OPEN);
    answer(proxy, "HttpNfcLeaseComplete", Lease.COMPLETED);
    answer(proxy, "HttpNfcLeaseAbort", Lease.ABORTED);
    proxy.when(
        call -> call.method().equals("RetrievePropertiesEx") && LEASE.matcher(call.body()).find(),
        FaultProxy.ALWAYS,
        (exchange, pass) -> {
          String lease = last();
          FaultProxy.returning("RetrievePropertiesEx", properties(lease)).happen(exchange, pass);
        });
    proxy.when(
        call -> call.path().startsWith("/nfc/"),
        FaultProxy.ALWAYS,
        (exchange, pass) -> give(exchange));
  }

  private synchronized void take(String method, HttpExchange exchange, FaultProxy.Pass pass)
      throws IOException {
    if (leases().contains(Lease.OPEN)) {
      FaultProxy.faulting("TaskInProgress", "").happen(exchange, pass);
      return;
    }
    String lease = "lease-test-" + (leases.size() + 1);
    leases.put(lease, Lease.OPEN);
    sign = System.nanoTime();
    FaultProxy.returning(method, "<returnval type=\"HttpNfcLease\">" + lease + "</returnval>")
        .happen(exchange, pass);
  }

  private synchronized String last() {
    return "lease-test-" + leases.size();
  }

  private void answer(FaultProxy proxy, String method, Lease then) {
    proxy.when(
        call -> call.method().equals(method) && becomes(call, then),
        FaultProxy.ALWAYS,
        FaultProxy.returning(method, ""));
    proxy.when(method, FaultProxy.ALWAYS, FaultProxy.faulting("ManagedObjectNotFound", ""));
  }

  private synchronized boolean becomes(FaultProxy.Call call, Lease then) {
    Matcher named = LEASE.matcher(call.body());
    leases(); // those that timed out have
    if (!named.find() || leases.get(named.group()) != Lease.OPEN) {
      return false;
    }
    sign = System.nanoTime();
    leases.put(named.group(), then);
    return true;
  }

  /**
   * Lets leases name a host.
   *
   * @param address {@code https://HOST:PORT}
   * @param sha1 of its certificate, as vCenter tells it
   */
  public void at(String address, String sha1) {
    host = address;
    thumbprint = sha1;
  }

  /** What became of the leases so far, in their order. */
  public synchronized List<Lease> leases() {
    if (System.nanoTime() - sign > patience.toNanos()) {
      leases.replaceAll((name, lease) -> lease == Lease.OPEN ? Lease.TIMED_OUT : lease);
    }
    return List.copyOf(leases.values());
  }

  private void give(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, image.length);
    OutputStream out = exchange.getResponseBody();
    int stall = stallAfter.getAndSet(-1);
    if (stall >= 0) {
      out.write(image, 0, stall);
      out.flush();
      stalled.countDown();
      await(released);
      throw new IOException("the test let go");
    }
    out.write(image);
  }

  private String properties(String lease) {
    return "<returnval><objects><obj type=\"HttpNfcLease\">"
        + lease
        + "</obj>"
        + "<propSet><name>state</name><val xsi:type=\"HttpNfcLeaseState\">ready</val></propSet>"
        + "<propSet><name>info</name><val xsi:type=\"HttpNfcLeaseInfo\">"
        + "<lease type=\"HttpNfcLease\">"
        + lease
        + "</lease><entity type=\"VirtualMachine\">vm-1</entity>"
        + url("/vm-1/VirtualIDEController1:0", "/nfc/x/cd.iso", false)
        + url("/vm-1/pvscsi0:7", "/nfc/x/other.vmdk", true)
        + url("/vm-1/VirtualLsiLogicController0:0", "/nfc/x/disk-0.vmdk", true)
        + url("/vm-1/ParaVirtualSCSIController0:0", "/nfc/x/disk-0.vmdk", true)
        + "<totalDiskCapacityInKB>1000</totalDiskCapacityInKB><leaseTimeout>"
        + patience.toSeconds()
        + "</leaseTimeout></val></propSet></objects></returnval>";
  }

  private String url(String key, String path, boolean disk) {
    return "<deviceUrl><key>"
        + key
        + "</key><importKey>x</importKey><url>"
        + host
        + path
        + "</url><sslThumbprint>"
        + thumbprint
        + "</sslThumbprint><disk>"
        + disk
        + "</disk><targetId>disk</targetId></deviceUrl>";
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next image stops after so many bytes. */
  public void stallOnce(int after) {
    stallAfter.set(after);
  }

  /** Returns when it stopped. */
  public void awaitStall() {
    await(stalled);
  }

  /** Breaks the connection of the image that stopped. */
  public void release() {
    released.countDown();
  }
}
