package dev.drover.kube.cluster;

import dev.drover.converters.BlockWriter;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins one try at an upload: a volume without bytes, a token, a connection. */
final class OpenUpload {
  private static final Logger LOG = LoggerFactory.getLogger(OpenUpload.class);

  /** Answers at once when the pod has the bytes; the other one only after it has finished. */
  private static final String ASYNC = "/v1beta1/upload-async";

  private static final String SYNC = "/v1beta1/upload";
  private static final Duration HEAD = Duration.ofSeconds(30);

  private final Api api;
  private final PrepareVolume prepare;
  private final AwaitPhase await;
  private final RequestToken token;
  private final Supplier<UploadProxy> proxy;
  private final LookAgain lookAgain;
  private final Patience patience;

  OpenUpload(
      Api api,
      PrepareVolume prepare,
      LookAgain lookAgain,
      Supplier<UploadProxy> proxy,
      Patience patience) {
    this.api = api;
    this.prepare = prepare;
    this.await = new AwaitPhase(api, lookAgain);
    this.token = new RequestToken(api);
    this.proxy = proxy;
    this.lookAgain = lookAgain;
    this.patience = patience;
  }

  /**
   * A writer of that volume.
   *
   * @param room bytes that the volume was asked to hold
   * @param size bytes of the disk
   */
  BlockWriter to(Manifest wanted, long room, long size) {
    String subject = PrepareVolume.subject(wanted);
    if (size > room) {
      throw new TargetFailed(
          subject,
          "the disk holds " + size + " bytes, but the volume is made for " + room,
          "correct the declared capacity at the source");
    }
    UploadProxy door = proxy.get();
    Resource volume = await.of(prepare.fresh(wanted), "UploadReady", patience.ready());
    return ExplainRefusal.during(subject, () -> begin(subject, volume, door, size));
  }

  private BlockWriter begin(String subject, Resource volume, UploadProxy door, long size) {
    String bearer = "Bearer " + token.forClaimOf(volume);
    URI uri = knock(subject, door, bearer);
    prepare.begin(volume);
    UploadBody body = new UploadBody(patience);
    HttpRequest post =
        HttpRequest.newBuilder(uri)
            .header("Authorization", bearer)
            .header("Content-Type", "application/octet-stream")
            .POST(body)
            .build();
    LOG.debug("Uploading to {} through {}", subject, uri);
    CompletableFuture<HttpResponse<String>> answer =
        door.http().sendAsync(post, BodyHandlers.ofString());
    try {
      return new UploadWriter(subject, size, body, answer, patience, aftermath(volume));
    } catch (IOException e) {
      throw ProxyAnswer.noAnswer(subject, "", e);
    }
  }

  /** Has the token looked at before the body goes out, and finds which path this CDI has. */
  private URI knock(String subject, UploadProxy door, String bearer) {
    for (String path : new String[] {ASYNC, SYNC}) {
      HttpResponse<String> said =
          lookAgain.until(
              subject,
              patience.stall(),
              () -> head(subject, door, path, bearer),
              () -> "the upload proxy answers 503, its upload pod is not ready");
      if (ProxyAnswer.good(said.statusCode())) {
        return door.at(path);
      }
      if (said.statusCode() != 404 || path.equals(SYNC)) {
        throw ProxyAnswer.failure(subject, said);
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private Optional<HttpResponse<String>> head(
      String subject, UploadProxy door, String path, String bearer) {
    HttpRequest request =
        HttpRequest.newBuilder(door.at(path))
            .header("Authorization", bearer)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> said =
          Stoppable.get(
              door.http().sendAsync(request, BodyHandlers.ofString()), HEAD, patience.stop());
      return said.statusCode() == 503 ? Optional.empty() : Optional.of(said);
    } catch (ExecutionException e) {
      throw ProxyAnswer.noAnswer(subject, "", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw ProxyAnswer.noAnswer(subject, "", e);
    } catch (CancellationException e) {
      throw Stoppable.stopped(subject, e);
    }
  }

  private UploadWriter.Aftermath aftermath(Resource volume) {
    return new UploadWriter.Aftermath() {
      @Override
      public void arrived() {
        await.of(volume, "Succeeded", patience.finished());
      }

      @Override
      public void abandoned() {
        try {
          api.delete(Kind.DATA_VOLUME, volume);
        } catch (ApiRefused e) {
          LOG.warn(
              "DataVolume {}/{} stays behind, half filled: {}",
              volume.namespace(),
              volume.name(),
              e.words());
        }
      }
    };
  }
}
