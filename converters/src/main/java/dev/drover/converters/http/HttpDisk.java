package dev.drover.converters.http;

import dev.drover.converters.SharedReader;
import dev.drover.converters.guard.MaxDiskSize;
import dev.drover.mappings.disk.Extent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A raw disk behind HTTP: RFC 9110, section 14. Every range is asked for with the validator that
 * the first answer had, so that a file which is replaced meanwhile is noticed, not mixed.
 */
public final class HttpDisk implements SharedReader {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final int PARTIAL = 206;

  private final HttpClient client;
  private final URI uri;
  private final Map<String, String> headers;
  private final Duration patience;
  private final long size;
  private final @Nullable String validator;

  private HttpDisk(HttpClient client, URI uri, Map<String, String> headers, Duration patience)
      throws IOException {
    this.client = client;
    this.uri = uri;
    this.headers = Map.copyOf(headers);
    this.patience = patience;
    HttpResponse<byte[]> first = get(0, 1, null);
    this.size = range(first, 0, 1);
    String etag = first.headers().firstValue("ETag").filter(e -> !e.startsWith("W/")).orElse(null);
    this.validator = etag != null ? etag : first.headers().firstValue("Last-Modified").orElse(null);
    if (size > MaxDiskSize.bytes()) {
      throw new IOException(uri + ": a disk of " + size + " bytes");
    }
  }

  /**
   * Asks for the size.
   *
   * @param client decides over TLS, proxies and redirects
   * @param headers sent with each request, as for authorization; never told in messages
   * @param patience for each range
   * @throws IOException where the server does not give ranges
   */
  public static HttpDisk open(
      HttpClient client, URI uri, Map<String, String> headers, Duration patience)
      throws IOException {
    return new HttpDisk(client, uri, headers, patience);
  }

  @Override
  public long size() {
    return size;
  }

  /** Tells this state of the file from another one, or null where the server does not. */
  public @Nullable String validator() {
    return validator;
  }

  @Override
  public List<Extent> extents(long offset, long length) {
    return List.of(new Extent(offset, length, Extent.Kind.DATA));
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int wanted = into.remaining();
    if (wanted == 0) {
      return;
    }
    if (offset < 0 || offset > size - wanted) {
      throw new IOException(uri + ": no " + wanted + " bytes at byte " + offset);
    }
    HttpResponse<byte[]> answer = get(offset, wanted, validator);
    if (range(answer, offset, wanted) != size) {
      throw new IOException(uri + ": the file has changed its size while it was read");
    }
    into.put(answer.body());
  }

  private HttpResponse<byte[]> get(long offset, int length, @Nullable String expected)
      throws IOException {
    HttpRequest.Builder ask = HttpRequest.newBuilder(uri).GET();
    headers.forEach(ask::setHeader);
    ask.setHeader("Range", "bytes=" + offset + "-" + (offset + length - 1));
    ask.setHeader("Accept-Encoding", "identity");
    if (expected != null) {
      ask.setHeader("If-Range", expected);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(ask.build(), said -> bounded(said.statusCode(), length));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(uri + ": no answer within " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was stopped");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(uri + ": " + cause.getMessage(), cause);
    }
  }

  /** Never more than was asked for, whatever the server sends. */
  private static HttpResponse.BodySubscriber<byte[]> bounded(int status, int length) {
    if (status != PARTIAL) {
      return HttpResponse.BodySubscribers.replacing(new byte[0]);
    }
    return new RangeBody(length);
  }

  /** The size of the file, where an answer is what was asked for. */
  private long range(HttpResponse<byte[]> answer, long offset, int length) throws IOException {
    if (answer.statusCode() == 200) {
      throw new IOException(
          uri + ": the server gives no ranges, or the file was replaced while it was read");
    }
    if (answer.statusCode() != PARTIAL) {
      throw new IOException(uri + ": the server answers " + answer.statusCode());
    }
    Matcher range = RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
    boolean right =
        range.matches()
            && Long.parseLong(range.group(1)) == offset
            && Long.parseLong(range.group(2)) == offset + length - 1
            && answer.body().length == length;
    if (!right) {
      throw new IOException(
          uri
              + ": the server answers with another range than bytes "
              + offset
              + " to "
              + (offset + length - 1));
    }
    return Long.parseLong(range.group(3));
  }

  @Override
  public void close() {}
}
