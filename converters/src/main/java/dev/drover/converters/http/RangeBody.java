package dev.drover.converters.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes so many bytes of an answer; one that goes on is cut off and counts as failed. */
final class RangeBody implements HttpResponse.BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final byte[] bytes;
  private int filled;
  private Flow.@Nullable Subscription subscription;

  RangeBody(int length) {
    this.bytes = new byte[length];
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> more) {
    for (ByteBuffer part : more) {
      int n = part.remaining();
      if (n > bytes.length - filled) {
        java.util.Objects.requireNonNull(subscription).cancel();
        body.completeExceptionally(
            new IOException("the server sends more than the " + bytes.length + " bytes asked for"));
        return;
      }
      part.get(bytes, filled, n);
      filled += n;
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(filled == bytes.length ? bytes : new byte[0]);
  }
}
