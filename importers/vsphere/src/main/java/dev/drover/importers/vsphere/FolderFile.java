package dev.drover.importers.vsphere;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.rmi.RemoteException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A flat file of a datastore, asked for range by range: at the ESXi host where there is a door,
 * else at the source itself. Safe for several threads.
 */
final class FolderFile {
  private static final Logger LOG = LoggerFactory.getLogger(FolderFile.class);
  private static final Pattern RANGE =
      Pattern.compile("bytes ([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19})");

  private final Session session;
  private final String label;
  private final URI file;
  private final long size;
  private final @Nullable HostRoute route;

  /**
   * @param file at the source itself
   * @param size of the disk, which the file must have
   * @param route to the host, or null to ask the source
   */
  FolderFile(Session session, String label, URI file, long size, @Nullable HostRoute route) {
    this.session = session;
    this.label = label;
    this.file = file;
    this.size = size;
    this.route = route;
  }

  String label() {
    return label;
  }

  long size() {
    return size;
  }

  Limits limits() {
    return session.transport().limits();
  }

  /**
   * When the file was last written, as the server's clock has it: a run that is continued copies a
   * disk again that the guest wrote to in between. Null where the server does not tell.
   */
  static @Nullable String modified(Session session, URI file) {
    HttpRequest.Builder head =
        HttpRequest.newBuilder(file).method("HEAD", HttpRequest.BodyPublishers.noBody());
    withCookie(head, session);
    try {
      return session
          .transport()
          .exchange(
              head,
              (answer, body) ->
                  answer.statusCode() == 200
                      ? answer.headers().firstValue("Last-Modified")
                      : Optional.<String>empty())
          .orElse(null);
    } catch (IOException e) {
      LOG.debug("asking for the time of {}: {}", file, e.getMessage());
      return null;
    }
  }

  private static void withCookie(HttpRequest.Builder request, Session session) {
    String cookie = session.cookie();
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
  }

  /**
   * The bytes from one to another; the caller closes it.
   *
   * @param last its index, below the size
   * @throws Lasting when asking again does not help
   */
  Transport.Open range(long first, long last, boolean renewed) throws IOException {
    int login = session.logins();
    String range = "bytes=" + first + "-" + last;
    Transport.Open answer;
    try {
      answer = route == null ? ask(range) : route.get(range, limits().answer());
    } catch (SSLHandshakeException e) {
      throw new Lasting(link().failure(label, "it cannot be read", e));
    }
    try {
      check(answer.head(), first, login, renewed);
      return answer;
    } catch (IOException e) {
      answer.close();
      throw e;
    }
  }

  private HostLink link() {
    return route == null ? session.link() : route.link();
  }

  private Transport.Open ask(String range) throws IOException {
    HttpRequest.Builder get = HttpRequest.newBuilder(file).header("Range", range).GET();
    withCookie(get, session);
    return session.transport().open(get, limits().answer());
  }

  private void check(HttpResponse<InputStream> head, long first, int login, boolean renewed)
      throws IOException {
    switch (head.statusCode()) {
      case 206 -> checkRange(head.headers().firstValue("Content-Range").orElse(""), first);
      case 200 ->
          throw failed(
              "the server ignores ranges, so that a copy could not go on where it broke",
              "see what stands between Drover and the server, a proxy for instance");
      case 401, 403 -> renew(login, head.statusCode(), renewed);
      case 404 ->
          // The next try asks the VM where its disk is now.
          throw failed(
              Retry.WORTHWHILE,
              "its file is not there: " + file.getPath(),
              "see in vCenter whether the disk is being moved, and run it again");
      case 416 ->
          throw failed(
              "its file ends before byte " + first + ", but the disk has " + size,
              "look at the disk in vCenter: its file is shorter than its declared size");
      default -> throw new IOException("HTTP status " + head.statusCode());
    }
  }

  private void checkRange(String range, long first) throws IOException {
    Matcher form = RANGE.matcher(range);
    if (!form.matches() || Long.parseLong(form.group(1)) != first) {
      throw failed(
          "the server answers with another range than byte " + first + " on: " + range,
          "see what stands between Drover and the server");
    }
    long length = Long.parseLong(form.group(3));
    if (length != size) {
      throw failed(
          "its file has " + length + " bytes, but the disk " + size,
          "look at the disk in vCenter: it may be of another kind than a flat file");
    }
  }

  /** The session may have ended in the middle; a second refusal is final. */
  private void renew(int login, int status, boolean renewed) throws IOException {
    if (renewed) {
      throw failed(
          "its file may not be read (HTTP status " + status + ")",
          "give the user Datastore.Browse and Datastore.FileManagement on the datastore");
    }
    try {
      session.renew(login);
    } catch (RemoteException e) {
      throw new Lasting(session.failure(label, "the session cannot be renewed", e));
    }
    throw new SessionEnded(status);
  }

  private Lasting failed(String what, String remedy) {
    return failed(Retry.POINTLESS, what, remedy);
  }

  private Lasting failed(Retry retry, String what, String remedy) {
    Failure failure = new SourceFailed(label, what, remedy, retry, null);
    return new Lasting(failure);
  }

  /** Asking once more helps, with the session that was begun instead. */
  static final class SessionEnded extends IOException {
    private static final long serialVersionUID = 1L;

    SessionEnded(int status) {
      super("the session had ended (HTTP status " + status + ")");
    }
  }
}
