package dev.drover.importers.vsphere;

import com.vmware.vim25.ws.Argument;
import com.vmware.vim25.ws.Client;
import com.vmware.vim25.ws.XmlGen;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What yavijava's stub calls instead of its own client: bounded in time and size, lenient towards
 * newer servers, and strict about what may be sent twice. Safe for several threads.
 */
final class SoapClient implements Client {
  /**
   * Calls that change nothing and whose answer is the same the second time. Not among them: Login,
   * which makes a session and counts failures; ContinueRetrievePropertiesEx, whose token is used
   * up; and everything that makes, changes or removes.
   */
  private static final Set<String> REPEATABLE =
      Set.of(
          "RetrieveServiceContent",
          "RetrievePropertiesEx",
          "CurrentTime",
          "HasPrivilegeOnEntities",
          "HttpNfcLeaseProgress",
          "Logout");

  private final Transport transport;
  private final SoapAnswers answers = new SoapAnswers();
  private volatile URI sdk;
  private volatile @Nullable String cookie;
  private volatile String soapAction = "urn:vim25/6.0";

  SoapClient(Transport transport, URI sdk) {
    this.transport = transport;
    this.sdk = sdk;
  }

  @Override
  public @Nullable Object invoke(String method, Argument[] arguments, @Nullable String returnType)
      throws RemoteException {
    String request = marshall(method, arguments);
    int tries = transport.limits().tries();
    long pause = transport.limits().pause().toMillis();
    for (int attempt = 1; ; attempt++) {
      try {
        return once(request, returnType);
      } catch (CallFailed e) {
        boolean again = !e.mayBeDone() || REPEATABLE.contains(method) && isPassing(e);
        if (!again || attempt >= tries || isHopeless(e)) {
          throw e;
        }
        sleep(pause + ThreadLocalRandom.current().nextLong(pause + 1), e);
        pause *= 2;
      }
    }
  }

  /** Broken XML and answers that are too large do not get better. */
  private static boolean isPassing(CallFailed e) {
    return !(e.getCause() instanceof Transport.TooLarge)
        && !(e.getCause() instanceof Malformed)
        && !(e.getCause() instanceof Transport.LateAnswer);
  }

  private static boolean isHopeless(CallFailed e) {
    return Thread.currentThread().isInterrupted() || e.getCause() instanceof SSLHandshakeException;
  }

  private static void sleep(long millis, CallFailed waitingAfter) throws CallFailed {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw waitingAfter;
    }
  }

  private @Nullable Object once(String request, @Nullable String returnType)
      throws RemoteException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(sdk)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", soapAction)
            .POST(HttpRequest.BodyPublishers.ofString(request, StandardCharsets.UTF_8));
    String mine = cookie;
    if (mine != null) {
      post.header("Cookie", mine);
    }
    try {
      return transport
          .exchange(post, (head, body) -> Optional.ofNullable(answer(head, body, returnType)))
          .orElse(null);
    } catch (RemoteException e) {
      throw e;
    } catch (HttpConnectTimeoutException | ConnectException | SSLHandshakeException e) {
      throw new CallFailed(text(e), false, e);
    } catch (IOException e) {
      throw new CallFailed(text(e), true, e);
    }
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** 200 has a result and 500 a fault; with anything else the API itself did not speak. */
  private @Nullable Object answer(
      HttpResponse<InputStream> head, InputStream body, @Nullable String returnType)
      throws IOException {
    int status = head.statusCode();
    if (status == 502 || status == 503 || status == 504 || status == 429) {
      throw new CallFailed("HTTP status " + status, status == 504);
    }
    String type = head.headers().firstValue("Content-Type").orElse("");
    if (status != 200 && (status != 500 || !type.contains("xml"))) {
      throw new IOException("HTTP status " + status);
    }
    Object result;
    try {
      result = answers.read(new Whole(body), returnType);
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException io ? io : new Malformed(e);
    }
    takeCookie(head);
    return result;
  }

  /** The session's cookie, without its attributes. */
  private void takeCookie(HttpResponse<InputStream> head) {
    for (String each : head.headers().allValues("Set-Cookie")) {
      if (each.startsWith("vmware_soap_session=")) {
        cookie = each.replaceFirst(";.*", "");
      }
    }
  }

  /** The answer is no XML that Drover reads. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(XMLStreamException cause) {
      super(firstLine(cause), cause);
    }

    private static String firstLine(XMLStreamException cause) {
      return "the answer is not what the API promises: "
          + String.valueOf(cause.getMessage()).replaceFirst("(?s).*Message: ", "");
    }
  }

  /** Keeps the parser from closing what the transport closes. */
  private static final class Whole extends FilterInputStream {
    Whole(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The transport does.
    }
  }

  @Override
  public String marshall(String method, Argument[] arguments) {
    return XmlGen.toXML(method, arguments, getVimNameSpace());
  }

  @Override
  public @Nullable String getCookie() {
    return cookie;
  }

  @Override
  public void setCookie(@Nullable String value) {
    cookie = value;
  }

  @Override
  public String getVimNameSpace() {
    return " xmlns=\"urn:vim25\">";
  }

  @Override
  public void setSoapActionOnApiVersion(String version) {
    soapAction = "urn:vim25/" + version;
  }

  @Override
  public URL getBaseUrl() {
    try {
      return sdk.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void setBaseUrl(URL url) {
    sdk = URI.create(url.toString());
  }

  @Override
  public int getConnectTimeout() {
    return (int) transport.limits().connect().toMillis();
  }

  @Override
  public int getReadTimeout() {
    return (int) transport.limits().answer().toMillis();
  }

  @Override
  public StringBuffer invokeAsString(String method, Argument[] arguments) {
    throw notUsed();
  }

  @Override
  public void setVimNameSpace(String value) {
    throw notUsed();
  }

  @Override
  public void setConnectTimeout(int value) {
    throw notUsed();
  }

  @Override
  public void setReadTimeout(int value) {
    throw notUsed();
  }

  @Override
  public TrustManager getTrustManager() {
    throw notUsed();
  }

  @Override
  public Object unMarshall(String returnType, InputStream in) {
    throw notUsed();
  }

  @Override
  public StringBuffer readStream(InputStream in) {
    throw notUsed();
  }

  /** yavijava's stub calls none of these. */
  private static UnsupportedOperationException notUsed() {
    return new UnsupportedOperationException("Drover's client has no such part");
  }
}
