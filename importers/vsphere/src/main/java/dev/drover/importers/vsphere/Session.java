package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ServiceContent;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.ws.VimStub;
import dev.drover.importers.api.Credentials;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.rmi.RemoteException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user logged in. Kept alive while it is idle, renewed when the server forgot it, and logged out
 * by {@link #close}. Safe for several threads.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** vCenter forgets an idle session after 30 minutes unless configured otherwise. */
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

  private final Address address;
  private final Trust trust;
  private final Transport transport;
  private final SoapClient client;
  private final VimStub stub;
  private final Credentials credentials;
  private final ServiceContent content;
  private int logins;
  private boolean closed;
  private @Nullable String key;

  private Session(
      Address address,
      Trust trust,
      Transport transport,
      SoapClient client,
      Credentials credentials,
      ServiceContent content) {
    this.address = address;
    this.trust = trust;
    this.transport = transport;
    this.client = client;
    this.stub = new VimStub(client);
    this.credentials = credentials;
    this.content = content;
  }

  /** A call that may be made again after the session was renewed. */
  @FunctionalInterface
  interface Call<T> {
    T make(VimStub vim, ServiceContent content) throws RemoteException;
  }

  /**
   * Connects and logs in. The transport is closed with the session, and here when that fails.
   *
   * @throws Failure with a remedy
   */
  static Session open(Address address, Trust trust, Transport transport, Credentials credentials) {
    try {
      SoapClient client = new SoapClient(transport, address.sdk());
      ManagedObjectReference root = new ManagedObjectReference();
      root.type = "ServiceInstance";
      root.val = "ServiceInstance";
      String version = ApiVersion.ask(transport, address);
      if (version != null) {
        client.setSoapActionOnApiVersion(version);
      }
      ServiceContent content = new VimStub(client).retrieveServiceContent(root);
      if (content == null || content.about == null || content.sessionManager == null) {
        throw new IOException("it answers, but not as a vCenter or ESXi does");
      }
      if (version == null && ApiVersion.isUsable(content.about.apiVersion)) {
        client.setSoapActionOnApiVersion(content.about.apiVersion);
      }
      Session session = new Session(address, trust, transport, client, credentials, content);
      session.login();
      transport.every(KEEP_ALIVE, session::touch);
      return session;
    } catch (IOException e) {
      transport.close();
      throw Refusal.of(address, trust, address.subject(), "cannot log in", e);
    }
  }

  private void login() throws RemoteException {
    client.setCookie(null);
    UserSession user =
        stub.login(content.sessionManager, credentials.username(), credentials.password(), null);
    key = user == null ? null : user.key;
    logins++;
    LOG.debug("logged in to {}, API {}", address.sdk().getAuthority(), content.about.apiVersion);
  }

  Address address() {
    return address;
  }

  Transport transport() {
    return transport;
  }

  /** To the server itself. */
  HostLink link() {
    return new HostLink(address, trust, transport);
  }

  ServiceContent content() {
    return content;
  }

  Credentials credentials() {
    return credentials;
  }

  /** What the user should know of a connection that trusts anybody; null for one that does not. */
  @Nullable Finding insecureFinding() {
    if (!trust.trustsAnybody()) {
      return null;
    }
    String seen = trust.seen();
    return seen == null
        ? Finding.warning(
            "VSP-010",
            "the connection is not encrypted, so that anybody between reads the password",
            "use https outside of a laboratory")
        : Finding.warning(
                "VSP-010",
                "its certificate is not checked, so that anybody between can read the password",
                "see that it is the server's, and pin it: --tls-thumbprint "
                    + seen
                    + " (in a plan tls: {thumbprint: …})")
            .with(seen);
  }

  /** {@code vmware_soap_session=…}, which the datastores' files ask for too. */
  @Nullable String cookie() {
    return client.getCookie();
  }

  synchronized @Nullable String key() {
    return key;
  }

  /** How often this session was begun; views and tokens of an earlier one are gone. */
  synchronized int logins() {
    return logins;
  }

  /**
   * Makes a call; once more when the session had expired, which the server says before it does
   * anything.
   *
   * @throws RemoteException as the server's fault or the network had it
   */
  <T> T raw(Call<T> call) throws RemoteException {
    int before = logins();
    try {
      return call.make(stub, content);
    } catch (RemoteException e) {
      if (!Refusal.isExpired(e)) {
        throw e;
      }
      renew(before);
      return call.make(stub, content);
    }
  }

  /**
   * The same, with failures that name a subject.
   *
   * @param doing what does not work when it fails: {@code cannot list VMs}
   */
  <T> T call(String subject, String doing, Call<T> call) {
    try {
      return raw(call);
    } catch (RemoteException e) {
      throw failure(subject, doing, e);
    }
  }

  /** A call whose failure hurts nobody: the server forgets by itself what it ends. */
  void quietly(String doing, Call<?> call) {
    try {
      raw(call);
    } catch (RemoteException e) {
      LOG.debug("{}: {}", doing, e.getMessage());
    }
  }

  Failure failure(String subject, String doing, IOException cause) {
    return Refusal.of(address, trust, subject, doing, cause);
  }

  /** Logs in again unless another thread did since {@code seen}. */
  synchronized void renew(int seen) throws RemoteException {
    if (logins == seen && !closed) {
      LOG.info("the session at {} had expired; logging in again", address.sdk().getAuthority());
      login();
    }
  }

  private void touch() {
    try {
      ManagedObjectReference root = new ManagedObjectReference();
      root.type = "ServiceInstance";
      root.val = "ServiceInstance";
      stub.currentTime(root);
    } catch (RemoteException | RuntimeException e) {
      LOG.debug("keeping the session alive: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      stub.logout(content.sessionManager);
    } catch (RemoteException | RuntimeException e) {
      LOG.debug("logging out: {}", e.getMessage());
    }
    transport.close();
  }
}
