package dev.drover.importers.vsphere;

import com.vmware.vim25.NoPermission;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.rmi.RemoteException;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Turns what a server or the way to it did into a failure with a remedy. */
final class Refusal {
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry(
              "InvalidLogin",
              "check user (with its domain: user@vsphere.local) and password; a locked account and"
                  + " an expired password are refused the same way"),
          Map.entry("PasswordExpired", "have its user give it a new password, and use that"),
          Map.entry("NoPermission", "see \"Privileges\" in docs/vsphere.md for what a role needs"),
          Map.entry("ManagedObjectNotFound", "take the inventory again; it is not there any more"),
          Map.entry(
              "RestrictedVersion",
              "this ESXi's free licence refuses changes over the API; go through a vCenter, or"
                  + " give the host a licence"),
          Map.entry("TaskInProgress", "wait for the other task on this VM, and run it again"),
          Map.entry("ToolsUnavailable", "start VMware Tools in the guest, or shut it down by hand"),
          Map.entry("HostNotConnected", "reconnect the host in vCenter"),
          Map.entry("NoDiskSpace", "make room on the VM's datastore"),
          Map.entry("InvalidPowerState", "look at the VM's power state in vCenter"));

  private static final Pattern LOCKED =
      Pattern.compile("(?i)account.*locked|locked.*account|locked out");

  private Refusal() {}

  /**
   * @param subject what was asked about
   * @param doing what did not work: {@code cannot list VMs}
   */
  static Failure of(Address address, Trust trust, String subject, String doing, IOException cause) {
    if (cause instanceof FaultAnswer fault) {
      return refused(subject, doing, fault);
    }
    IOException root = cause.getCause() instanceof IOException io ? io : cause;
    if (root instanceof SSLException) {
      return tls(subject, trust, (SSLException) root);
    }
    if (root instanceof ConnectException || root instanceof HttpConnectTimeoutException) {
      return new SourceFailed(
          subject,
          "nothing answers at " + address.sdk(),
          "check the address, that the server is up, and firewalls and proxies between",
          Retry.WORTHWHILE,
          root);
    }
    if (root instanceof Transport.TooLarge || root instanceof SoapClient.Malformed) {
      return new SourceFailed(
          subject,
          doing + ": " + root.getMessage(),
          "check that the address is that of a vCenter or ESXi, and what is between",
          Retry.POINTLESS,
          null);
    }
    return new SourceFailed(
        subject,
        doing,
        "see whether the server and the network are well, and run it again",
        Retry.WORTHWHILE,
        root);
  }

  /**
   * Servers have no fault of its own for it: some say it in the text of the one for a wrong
   * password, and others say it to their administrators alone.
   */
  private static boolean isLocked(FaultAnswer fault) {
    return fault.is("InvalidLogin") && LOCKED.matcher(String.valueOf(fault.getMessage())).find();
  }

  private static SourceFailed refused(String subject, String doing, FaultAnswer fault) {
    if (isLocked(fault)) {
      return new SourceFailed(
          subject,
          doing + ": the account is locked",
          "have an administrator unlock it, or wait until the lock ends (an ESXi's lasts 15 minutes"
              + " as a rule); then see that nothing else still tries an old password",
          Retry.POINTLESS,
          fault);
    }
    String remedy =
        REMEDIES.getOrDefault(fault.type(), "look at the server's events for what it refused");
    boolean passing =
        fault.is("TaskInProgress", "HostCommunication", "HostNotReachable", "Timedout");
    return new SourceFailed(
        subject,
        doing + privilege(fault),
        remedy,
        passing ? Retry.WORTHWHILE : Retry.POINTLESS,
        fault);
  }

  /** {@code : the privilege System.View is missing on Folder:group-d1}. */
  private static String privilege(FaultAnswer fault) {
    if (fault.fault() instanceof NoPermission missing && missing.privilegeId != null) {
      String where = missing.object == null ? "" : " on " + SoapAnswers.shown(missing.object);
      return ": the privilege " + missing.privilegeId + " is missing" + where;
    }
    return "";
  }

  private static SourceFailed tls(String subject, Trust trust, SSLException cause) {
    String seen = trust.seen();
    String text = deepest(cause);
    if (text.contains("not the pinned certificate")) {
      return new SourceFailed(
          subject,
          "its certificate is not the pinned one but " + seen,
          "find out why it changed; if it was renewed, pin the new one",
          Retry.POINTLESS,
          null);
    }
    boolean name = text.contains("subject alternative") || text.startsWith("No name matching");
    boolean untrusted = cause instanceof SSLHandshakeException && seen != null;
    String remedy =
        name
            ? "use the name that the certificate is for"
            : untrusted
                ? "name its certificate authority (tls caFile, --ca-file)"
                : "check that the address is https and what stands between";
    return new SourceFailed(
        subject,
        (name ? "its certificate is for another name" : "no trusted TLS connection comes about")
            + " ("
            + text
            + ")",
        remedy + pin(seen, name || untrusted),
        Retry.POINTLESS,
        null);
  }

  private static String pin(@Nullable String seen, boolean helps) {
    return helps && seen != null
        ? ", or, once you have checked that it is the server's, pin this one certificate: "
            + seen
            + " (tls thumbprint, --tls-thumbprint)"
        : "";
  }

  private static String deepest(Throwable cause) {
    Throwable last = cause;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  /** Whether the server forgot who asks. */
  static boolean isExpired(RemoteException e) {
    return e instanceof FaultAnswer fault && fault.is("NotAuthenticated");
  }
}
