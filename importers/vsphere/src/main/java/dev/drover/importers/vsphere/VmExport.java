package dev.drover.importers.vsphere;

import com.vmware.vim25.HttpNfcLeaseDeviceUrl;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDisk;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The disks of one VM through leases: one for all of them as long as it holds, a new one for the
 * next try after it was lost or a reader gave up. Safe for several threads.
 */
final class VmExport implements AutoCloseable {
  private final Site site;
  private final String subject;
  private final Session.Call<ManagedObjectReference> call;
  private @Nullable NfcLease lease;
  private boolean broken;

  /**
   * Asks for nothing yet.
   *
   * @param call begins an export of what is to be read
   */
  VmExport(Site site, String subject, Session.Call<ManagedObjectReference> call) {
    this.site = site;
    this.subject = subject;
    this.call = call;
  }

  /**
   * A disk's image from its first byte on.
   *
   * @param devices of the VM as it is exported
   * @param turn is given back when the stream is closed, or here when there is none
   */
  InputStream open(
      String label, VirtualDisk disk, List<VirtualDevice> devices, long size, Turns.Turn turn)
      throws IOException {
    try {
      NfcLease held = held();
      HttpNfcLeaseDeviceUrl url = LeaseUrls.of(disk, devices, held.urls());
      if (url == null) {
        broke();
        throw new SourceFailed(
            label,
            "the server's export does not hold it",
            "see whether the disk can be exported: vCenter leaves raw and independent disks out");
      }
      Transport.Open answer = ask(label, url);
      return new NfcStream(
          label,
          held,
          answer,
          size,
          complete -> {
            turn.close();
            if (!complete) {
              broke();
            }
          });
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  private synchronized NfcLease held() {
    NfcLease now = lease;
    if (now != null && (now.lost() != null || broken && !now.isRead())) {
      now.end(false);
      now = null;
    }
    if (now == null) {
      now = NfcLease.take(site.session(), subject, call);
      lease = now;
      broken = false;
    }
    return now;
  }

  private synchronized void broke() {
    broken = true;
  }

  private Transport.Open ask(String label, HttpNfcLeaseDeviceUrl url) throws IOException {
    URI address = LeaseUrls.address(label, site.session().address(), url.url);
    HostLink link = site.links().to(address, url.sslThumbprint);
    HttpRequest.Builder get = HttpRequest.newBuilder(address).GET();
    String cookie = site.session().cookie();
    if (cookie != null && link.transport() == site.session().transport()) {
      get.header("Cookie", cookie);
    }
    // A server that looks for data in an empty disk sends nothing for long; its lease tells of it.
    Duration patience = link.transport().limits().answer().multipliedBy(6);
    Transport.Open answer;
    try {
      answer = link.transport().open(get, patience);
    } catch (SSLHandshakeException e) {
      broke();
      throw link.failure(label, "it cannot be read", e);
    } catch (IOException e) {
      broke();
      throw e;
    }
    int status = answer.head().statusCode();
    if (status != 200) {
      answer.close();
      broke();
      throw new IOException(label + ": HTTP status " + status + " of " + address.getRawAuthority());
    }
    return answer;
  }

  @Override
  public synchronized void close() {
    if (lease != null) {
      // A disk that is still read when the run stops was not read to its end.
      lease.end(!broken && !lease.isRead());
      lease = null;
    }
  }
}
