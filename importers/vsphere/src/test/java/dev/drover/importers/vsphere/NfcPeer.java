package dev.drover.importers.vsphere;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Adds to a simulator what it lacks: ExportVm, with a lease whose address names no host. */
final class NfcPeer {
  private final byte[] image;
  private final AtomicBoolean stall = new AtomicBoolean();
  private final CountDownLatch released = new CountDownLatch(1);

  NfcPeer(FaultProxy proxy, byte[] image) {
    this.image = image;
    proxy.when(
        "ExportVm",
        1000,
        soap("ExportVm", "<returnval type=\"HttpNfcLease\">lease-test</returnval>"));
    for (String each :
        new String[] {"HttpNfcLeaseProgress", "HttpNfcLeaseComplete", "HttpNfcLeaseAbort"}) {
      proxy.when(each, 1000, soap(each, ""));
    }
    proxy.when(
        call -> call.method().equals("RetrievePropertiesEx") && call.body().contains("lease-test"),
        1000,
        soap("RetrievePropertiesEx", properties()));
    proxy.when(
        call -> call.path().startsWith("/nfc/"),
        1000,
        (exchange, pass) -> {
          exchange.sendResponseHeaders(200, image.length);
          OutputStream out = exchange.getResponseBody();
          if (stall.getAndSet(false)) {
            out.write(image, 0, 2000);
            out.flush();
            await();
            throw new IOException("the test let go");
          }
          out.write(image);
        });
  }

  private static FaultProxy.Trouble soap(String method, String inside) {
    return FaultProxy.answering(
        200,
        "<Envelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Body><"
            + method
            + "Response>"
            + inside
            + "</"
            + method
            + "Response></Body></Envelope>");
  }

  private static String properties() {
    return "<returnval><objects><obj type=\"HttpNfcLease\">lease-test</obj>"
        + "<propSet><name>state</name><val xsi:type=\"HttpNfcLeaseState\">ready</val></propSet>"
        + "<propSet><name>info</name><val xsi:type=\"HttpNfcLeaseInfo\">"
        + "<lease type=\"HttpNfcLease\">lease-test</lease>"
        + "<entity type=\"VirtualMachine\">vm-1</entity>"
        + url("/vm-1/VirtualIDEController1:0", "https://*/nfc/x/cd.iso", false)
        + url("/vm-1/pvscsi0:7", "http://*/nfc/x/other.vmdk", true)
        + url("/vm-1/VirtualLsiLogicController0:0", "http://*/nfc/x/disk-0.vmdk", true)
        + url("/vm-1/ParaVirtualSCSIController0:0", "http://*/nfc/x/disk-0.vmdk", true)
        + "<totalDiskCapacityInKB>1000</totalDiskCapacityInKB><leaseTimeout>300</leaseTimeout>"
        + "</val></propSet></objects></returnval>";
  }

  private static String url(String key, String url, boolean disk) {
    return "<deviceUrl><key>"
        + key
        + "</key><importKey>x</importKey><url>"
        + url
        + "</url><sslThumbprint></sslThumbprint><disk>"
        + disk
        + "</disk><targetId>disk</targetId></deviceUrl>";
  }

  private void await() {
    try {
      released.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next image stops in the middle. */
  void stallOnce() {
    stall.set(true);
  }

  void release() {
    released.countDown();
  }
}
