package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.SourceDisk;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A flat disk as its datastore's files give it: {@code
 * https://HOST/folder/PATH-flat.vmdk?dcPath=…&dsName=…}. Reads on in one answer as long as it is
 * asked in order; a connection that breaks is taken up again at the byte where it broke. Not
 * thread-safe.
 */
final class FolderDisk implements BlockReader {
  private static final Logger LOG = LoggerFactory.getLogger(FolderDisk.class);
  private static final Pattern RANGE =
      Pattern.compile("bytes ([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19})");
  private static final int MOST_TRIES = 5;

  private final Session session;
  private final String label;
  private final URI file;
  private final long size;
  private Transport.@Nullable Open open;
  private long position;
  private boolean renewed;

  private FolderDisk(Session session, String label, URI file, long size) {
    this.session = session;
    this.label = label;
    this.file = file;
    this.size = size;
  }

  /**
   * Opens nothing yet.
   *
   * @param file as {@link #file} has it
   */
  static FolderDisk open(Session session, String label, URI file, SourceDisk disk) {
    return new FolderDisk(session, label, file, disk.size().bytes());
  }

  /**
   * When the file was last written, as the server's clock has it: a run that is continued copies a
   * disk again that the guest wrote to in between. Null where the server does not tell.
   */
  static @Nullable String modified(Session session, URI file) {
    HttpRequest.Builder head =
        HttpRequest.newBuilder(file).method("HEAD", HttpRequest.BodyPublishers.noBody());
    String cookie = session.cookie();
    if (cookie != null) {
      head.header("Cookie", cookie);
    }
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

  /**
   * Where a flat disk's bytes are.
   *
   * @throws SourceFailed when the disk's path is not of the form {@code [datastore] path.vmdk}
   */
  static URI file(Session session, String label, SourceDisk disk, Props vm, Surroundings around) {
    String path = disk.backing().path();
    int end = path == null ? -1 : path.indexOf("] ");
    if (path == null || !path.startsWith("[") || end < 2 || !path.endsWith(".vmdk")) {
      throw new SourceFailed(
          label, "its path is no [datastore] path.vmdk: " + path, "report this with drover -v");
    }
    String inside = path.substring(end + 2, path.length() - ".vmdk".length()) + "-flat.vmdk";
    String query = "?dsName=" + encoded(path.substring(1, end));
    ManagedObjectReference datacenter = datacenter(vm, around);
    if (datacenter != null) {
      query = "?dcPath=" + encoded(around.tree().path(datacenter)) + "&" + query.substring(1);
    }
    StringBuilder folder = new StringBuilder("/folder");
    for (String part : inside.split("/")) {
      folder.append('/').append(encoded(part));
    }
    return session.address().at(folder + query);
  }

  private static @Nullable ManagedObjectReference datacenter(Props vm, Surroundings around) {
    ManagedObjectReference byFolder = around.tree().above(vm.ref("parent"), "Datacenter");
    return byFolder != null ? byFolder : around.tree().above(vm.ref("runtime.host"), "Datacenter");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public long size() {
    return size;
  }

  /** Nobody tells what is allocated. */
  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.DATA));
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (open != null && offset != position) {
      end();
    }
    position = offset;
    int failures = 0;
    while (into.hasRemaining()) {
      try {
        take(into);
        failures = 0;
      } catch (Lasting e) {
        throw e.failure;
      } catch (IOException e) {
        end();
        if (++failures >= MOST_TRIES || Thread.currentThread().isInterrupted()) {
          throw new IOException(
              label + " at byte " + position + " of " + size + ": " + e.getMessage(), e);
        }
        LOG.info("{} broke at byte {}: {}; going on there", label, position, e.getMessage());
        pause(failures);
      }
    }
  }

  private void pause(int failures) throws IOException {
    try {
      Thread.sleep(session.transport().limits().pause().toMillis() << failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void take(ByteBuffer into) throws IOException {
    if (open == null) {
      open = request();
    }
    int count = open.read(into);
    if (count < 0) {
      throw new EOFException("the answer ended before the disk did");
    }
    position += count;
    renewed = false;
  }

  private Transport.Open request() throws IOException {
    int login = session.logins();
    HttpRequest.Builder get =
        HttpRequest.newBuilder(file).header("Range", "bytes=" + position + "-" + (size - 1)).GET();
    String cookie = session.cookie();
    if (cookie != null) {
      get.header("Cookie", cookie);
    }
    Transport.Open answer = session.transport().open(get);
    try {
      check(answer.head(), login);
      return answer;
    } catch (IOException e) {
      answer.close();
      throw e;
    }
  }

  private void check(HttpResponse<InputStream> head, int login) throws IOException {
    switch (head.statusCode()) {
      case 206 -> checkRange(head.headers().firstValue("Content-Range").orElse(""));
      case 200 -> checkWhole(head.headers().firstValueAsLong("Content-Length").orElse(-1));
      case 401, 403 -> renew(login, head.statusCode());
      case 404 ->
          throw new Lasting(
              failed(
                  "its file is not there: " + file.getPath(),
                  "take the inventory again; the disk may have been moved"));
      case 416 ->
          throw new Lasting(
              failed(
                  "its file ends before byte " + position + ", but the disk has " + size,
                  "look at the disk in vCenter: its file is shorter than its declared size"));
      default -> throw new IOException("HTTP status " + head.statusCode());
    }
  }

  private void checkRange(String range) throws IOException {
    Matcher form = RANGE.matcher(range);
    if (!form.matches() || Long.parseLong(form.group(1)) != position) {
      throw new Lasting(
          failed(
              "the server answers with another range than byte " + position + " on: " + range,
              "see what stands between Drover and the server"));
    }
    checkSize(Long.parseLong(form.group(3)));
  }

  private void checkWhole(long length) throws IOException {
    if (position != 0) {
      throw new Lasting(
          failed(
              "the server does not answer in ranges, so that the copy cannot go on at byte "
                  + position,
              "see what stands between Drover and the server, and run it again"));
    }
    if (length >= 0) {
      checkSize(length);
    }
  }

  private void checkSize(long length) throws IOException {
    if (length != size) {
      throw new Lasting(
          failed(
              "its file has " + length + " bytes, but the disk " + size,
              "look at the disk in vCenter: it may be of another kind than a flat file"));
    }
  }

  /** The session may have ended in the middle; a second refusal is final. */
  private void renew(int login, int status) throws IOException {
    if (!renewed) {
      renewed = true;
      try {
        session.renew(login);
      } catch (RemoteException e) {
        throw new Lasting(
            (SourceFailed) session.failure(label, "the session cannot be renewed", e));
      }
      throw new IOException("the session had ended (HTTP status " + status + ")");
    }
    throw new Lasting(
        failed(
            "its file may not be read (HTTP status " + status + ")",
            "give the user Datastore.Browse and Datastore.FileManagement on the datastore"));
  }

  private SourceFailed failed(String what, String remedy) {
    return new SourceFailed(label, what, remedy, Retry.POINTLESS, null);
  }

  private void end() {
    Transport.Open old = open;
    open = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** No second try mends it. */
  private static final class Lasting extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient SourceFailed failure;

    Lasting(SourceFailed failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
