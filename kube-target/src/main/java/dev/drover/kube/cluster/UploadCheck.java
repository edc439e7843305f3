package dev.drover.kube.cluster;

import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.time.Duration;
import java.util.List;

/** The upload proxy has an address. */
final class UploadCheck implements PreflightCheck {
  private static final Duration VALIDITY = Duration.ofMinutes(2);

  private final ClusterFacts facts;
  private final Remembered<String, List<Finding>> answer;

  UploadCheck(LocateProxy locate, ClusterFacts facts) {
    this.facts = facts;
    this.answer = new Remembered<>(VALIDITY, any -> ask(locate));
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    // Without CDI there is no proxy, and its address may be hidden; other checks say so.
    return vm.disks().isEmpty()
            || !facts.serves(Kind.DATA_VOLUME.apiVersion())
            || facts.object(Kind.CDI_CONFIG, "", "config").answer().isEmpty()
        ? List.of()
        : answer.get("");
  }

  private static List<Finding> ask(LocateProxy locate) {
    try {
      locate.address();
      return List.of();
    } catch (TargetFailed e) {
      return List.of(Finding.blocker("K8S-090", e.what(), e.remedy()));
    }
  }
}
