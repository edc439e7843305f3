package dev.drover.importers.vsphere;

import dev.drover.importers.api.SourceCheck.Line;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Knocks at the hosts that copies go to or that exports come from: TCP, TLS by the thumbprint that
 * vCenter knows, and any answer at all.
 */
final class CheckHosts {
  private static final int AT_ONCE = 16;
  private static final int NAMED = 5;

  private final Session session;
  private final Collector collector;
  private final HostLinks links;

  CheckHosts(Session session, Collector collector, HostLinks links) {
    this.session = session;
    this.collector = collector;
    this.links = links;
  }

  Line check() {
    List<Props> hosts =
        collector.all(
            "HostSystem",
            List.of("name", "runtime.connectionState", "summary.config.sslThumbprint"));
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<@Nullable String>> answers = new ArrayList<>();
    for (Props each : hosts) {
      answers.add(threads.submit(() -> refusal(each)));
    }
    threads.shutdown();
    List<String> closed = new ArrayList<>();
    for (Future<@Nullable String> each : answers) {
      String refusal = result(each);
      if (refusal != null) {
        closed.add(refusal);
      }
    }
    String text = hosts.size() - closed.size() + " of " + hosts.size() + " hosts answer from here";
    return new Line(
        "way to the hosts",
        text,
        closed.isEmpty()
            ? null
            : Finding.warning(
                    "VSP-024",
                    "hosts do not answer, so that flat disks go through vCenter, and exports from"
                        + " them fail where vCenter sends Drover there",
                    "open port 443 of the hosts to this machine")
                .with(String.join("; ", closed.subList(0, Math.min(NAMED, closed.size())))));
  }

  private static @Nullable String result(Future<@Nullable String> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  private @Nullable String refusal(Props host) {
    String name = String.valueOf(host.text("name"));
    try {
      URI at = HostRoute.at(session.address().sdk().getScheme(), name, "/");
      HttpRequest.Builder head =
          HttpRequest.newBuilder(at).method("HEAD", HttpRequest.BodyPublishers.noBody());
      links
          .to(at, host.text("summary.config.sslThumbprint"))
          .transport()
          .open(head, Duration.ofSeconds(5))
          .close();
      return null;
    } catch (IOException | RuntimeException e) {
      return name + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }
}
