package dev.drover.kube.cluster;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Waits until CDI has brought a DataVolume into a phase, and says what keeps it where not. */
final class AwaitPhase {
  /** Reasons that no waiting mends. From CDI's pkg/controller/datavolume. */
  private static final Set<String> HOPELESS =
      Set.of("ErrClaimNotValid", "ErrClaimLost", "ErrUnableToClone", "ErrExceededQuota");

  private static final int EVENTS = 3;

  private final Api api;
  private final LookAgain lookAgain;

  AwaitPhase(Api api, LookAgain lookAgain) {
    this.api = api;
    this.lookAgain = lookAgain;
  }

  /**
   * The volume in that phase.
   *
   * @throws TargetFailed when the volume failed, cannot get there, was taken away, or took too long
   */
  Resource of(Resource volume, String phase, Duration atMost) {
    String subject = "DataVolume " + volume.namespace() + "/" + volume.name();
    return ExplainRefusal.during(
        subject,
        () ->
            lookAgain.until(
                subject,
                atMost,
                () -> look(subject, volume, phase),
                () ->
                    api.get(Kind.DATA_VOLUME, volume.namespace(), volume.name())
                        .map(this::story)
                        .orElse("it is not there")));
  }

  private Optional<Resource> look(String subject, Resource volume, String phase) {
    Optional<Resource> now = api.get(Kind.DATA_VOLUME, volume.namespace(), volume.name());
    if (now.isEmpty() || !now.get().uid().equals(volume.uid())) {
      throw new TargetFailed(
          subject,
          "somebody deleted it while Drover was using it",
          "run \"drover resume\"; Drover makes it again",
          Retry.WORTHWHILE,
          null);
    }
    String found = now.get().text("status", "phase");
    if (found.equals(phase)) {
      return now;
    }
    if (found.equals("Failed")) {
      throw new TargetFailed(
          subject,
          "CDI gave it up: " + story(now.get()),
          "look at the upload pod's log; a new try makes the volume again",
          Retry.WORTHWHILE,
          null);
    }
    Optional<Resource> hopeless =
        now.get().list("status", "conditions").stream()
            .filter(c -> HOPELESS.contains(c.text("reason")))
            .findFirst();
    if (hopeless.isPresent()) {
      throw new TargetFailed(
          subject,
          "CDI cannot make it: " + story(now.get()),
          "name storage class, access mode and volume mode for it in the plan's storage map, or"
              + " raise the quota");
    }
    return Optional.empty();
  }

  /** Phase, conditions and last events in one line. */
  private String story(Resource volume) {
    StringBuilder text = new StringBuilder("phase ").append(orUnknown(volume));
    for (Resource condition : volume.list("status", "conditions")) {
      String message = condition.text("message");
      if (!condition.text("status").equals("True") && !message.isEmpty()) {
        text.append("; ").append(condition.text("type")).append(": ");
        String reason = condition.text("reason");
        text.append(reason.isEmpty() ? "" : reason + ", ").append(message);
      }
    }
    for (String event : events(volume)) {
      text.append("; event: ").append(event);
    }
    return text.toString();
  }

  /** What the cluster noted of the volume and its claim; nothing where that is not to be seen. */
  private List<String> events(Resource volume) {
    try {
      List<String> all =
          api
              .listByField(Kind.EVENT, volume.namespace(), "involvedObject.name=" + volume.name())
              .stream()
              .filter(e -> e.text("type").equals("Warning"))
              .map(e -> e.text("reason") + ", " + e.text("message"))
              .distinct()
              .toList();
      return all.subList(Math.max(0, all.size() - EVENTS), all.size());
    } catch (ApiRefused e) {
      return List.of();
    }
  }

  private static String orUnknown(Resource volume) {
    String phase = volume.text("status", "phase");
    return phase.isEmpty() ? "not set yet (is CDI running?)" : phase;
  }
}
