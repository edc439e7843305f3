package dev.drover.kube.cluster;

import dev.drover.converters.BlockWriter;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Writes a disk into an upload that is under way. Nothing is durable before {@link #commit}, and a
 * broken upload cannot be mended: its volume is made again. Failures of the connection are {@link
 * TargetFailed}, so that the retry policy sees them as the target's.
 */
final class UploadWriter implements BlockWriter {
  /** How long to wait for the words of a proxy that has cut the connection. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final String subject;
  private final long size;
  private final UploadBody body;
  private final ZstdDisk disk;
  private final CompletableFuture<HttpResponse<String>> answer;
  private final Patience patience;
  private final Aftermath aftermath;
  private long position;
  private boolean committed;
  private boolean closed;

  /** What follows on the cluster. */
  interface Aftermath {
    /** All bytes were taken: returns when the volume can be used. */
    void arrived();

    /** The volume is worth nothing. */
    void abandoned();
  }

  UploadWriter(
      String subject,
      long size,
      UploadBody body,
      CompletableFuture<HttpResponse<String>> answer,
      Patience patience,
      Aftermath aftermath)
      throws IOException {
    this.subject = subject;
    this.size = size;
    this.body = body;
    this.disk = new ZstdDisk(body);
    this.answer = answer;
    this.patience = patience;
    this.aftermath = aftermath;
    answer.whenComplete((done, failed) -> body.giveUp());
  }

  @Override
  public void write(long offset, ByteBuffer data) throws IOException {
    int length = data.remaining();
    zerosUpTo(offset, length);
    try {
      disk.data(data);
    } catch (IOException e) {
      throw broken(e);
    }
    position = offset + length;
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    zerosUpTo(offset, length);
    zerosUpTo(offset + length, 0);
  }

  /** Does nothing: CDI says once, at the end, that it has a disk. */
  @Override
  public void flush() {}

  @Override
  public void commit() throws IOException {
    zerosUpTo(size, 0);
    try {
      disk.end();
      body.complete();
    } catch (IOException e) {
      throw broken(e);
    }
    HttpResponse<String> said = await(patience.finished());
    if (!ProxyAnswer.good(said.statusCode())) {
      throw ProxyAnswer.failure(subject, said);
    }
    aftermath.arrived();
    committed = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!committed) {
      body.abort();
      answer.cancel(true);
    }
    disk.free();
    if (!committed) {
      aftermath.abandoned();
    }
  }

  private void zerosUpTo(long offset, long length) throws IOException {
    if (offset < position || length < 0 || offset > size - length) {
      throw new IOException(
          subject
              + ": "
              + length
              + " bytes at "
              + offset
              + " do not follow "
              + position
              + " in a disk of "
              + size);
    }
    try {
      disk.zeros(offset - position);
    } catch (IOException e) {
      throw broken(e);
    }
    position = offset;
  }

  /** What the proxy said before it cut the connection, else that it did. */
  private TargetFailed broken(IOException cause) {
    if (cause instanceof InterruptedIOException) {
      return Stoppable.stopped(subject, cause);
    }
    try {
      HttpResponse<String> said = Stoppable.get(answer, LAST_WORDS, patience.stop());
      if (!ProxyAnswer.good(said.statusCode())) {
        return ProxyAnswer.failure(subject, said);
      }
    } catch (ExecutionException e) {
      return ProxyAnswer.noAnswer(subject, progress(), e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      return Stoppable.stopped(subject, cause);
    } catch (TimeoutException e) {
      cause.addSuppressed(e);
    }
    return ProxyAnswer.noAnswer(subject, progress(), cause);
  }

  private HttpResponse<String> await(Duration atMost) {
    try {
      return Stoppable.get(answer, atMost, patience.stop());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw ProxyAnswer.noAnswer(subject, progress(), cause);
    } catch (TimeoutException e) {
      throw ProxyAnswer.noAnswer(subject, progress() + " and it said nothing more", e);
    } catch (CancellationException e) {
      throw Stoppable.stopped(subject, e);
    }
  }

  private String progress() {
    return " at byte " + position + " of " + size + " (" + body.sent() + " bytes sent)";
  }
}
