package dev.drover.importers.vsphere;

import com.vmware.vim25.SessionManagerGenericServiceTicket;
import com.vmware.vim25.SessionManagerHttpServiceRequestSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.rmi.RemoteException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Straight to an ESXi host for one file: vCenter gives a ticket for each request, and the host
 * takes it instead of a session. The vCenter is spared the bytes.
 */
final class HostRoute {
  private final Session session;
  private final HostLinks links;
  private final URI file;
  private volatile HostLink link;

  /**
   * @param name the host's, as vCenter reaches it; a port may stand behind it
   * @param file at the source itself
   * @throws IOException when the name is no host name
   */
  HostRoute(Session session, HostLinks links, String name, URI file) throws IOException {
    this.session = session;
    this.links = links;
    this.link = session.link();
    this.file = at(file.getScheme(), name, file.getRawPath() + "?" + file.getRawQuery());
  }

  /**
   * An address at a host; an IPv6 address gets its brackets.
   *
   * @throws IOException when the name is none that can be connected to, as one with an underscore
   */
  static URI at(String scheme, String name, String rest) throws IOException {
    String authority = name.indexOf(':') != name.lastIndexOf(':') ? "[" + name + "]" : name;
    try {
      URI uri = new URI(scheme + "://" + authority + rest);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IOException("its name is no host name: " + name);
  }

  /** Why the host does not give the first byte; null when it does. */
  @Nullable String refusal() {
    try (Transport.Open answer = get("bytes=0-0", link.transport().limits().answer())) {
      int status = answer.head().statusCode();
      return status == 206 ? null : "HTTP status " + status;
    } catch (IOException e) {
      return String.valueOf(e.getMessage() == null ? e : e.getMessage());
    }
  }

  /** The way that the last request went. */
  HostLink link() {
    return link;
  }

  /** Asks for a part, whatever the answer's status. */
  Transport.Open get(String range, Duration patience) throws IOException {
    SessionManagerHttpServiceRequestSpec wanted = new SessionManagerHttpServiceRequestSpec();
    wanted.method = "httpGet";
    wanted.url = file.toString();
    SessionManagerGenericServiceTicket ticket = ticket(wanted);
    if (ticket == null || ticket.id == null || !ticket.id.matches("[!-:<-~]{1,4096}")) {
      throw new IOException("vCenter gives no ticket for the host");
    }
    link = links.to(file, ticket.sslThumbprint);
    return link.transport()
        .open(
            HttpRequest.newBuilder(file)
                .header("Range", range)
                .header("Cookie", "vmware_cgi_ticket=" + ticket.id)
                .GET(),
            patience);
  }

  private @Nullable SessionManagerGenericServiceTicket ticket(
      SessionManagerHttpServiceRequestSpec wanted) throws RemoteException {
    return session.raw(
        (vim, content) -> vim.acquireGenericServiceTicket(content.sessionManager, wanted));
  }
}
