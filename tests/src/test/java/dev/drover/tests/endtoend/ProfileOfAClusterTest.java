package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.standin.StandInCluster;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.profile.ProfileReader;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher looks at a cluster that does not show everything. */
class ProfileOfAClusterTest {
  @TempDir Path folder = Path.of("");

  private Programs.Result drover(Path kubeconfig, String... arguments) {
    return Programs.tryRun(
        folder,
        Map.of("NO_COLOR", "1", "KUBECONFIG", kubeconfig.toString()),
        Drover.command(arguments));
  }

  @Test
  void aClusterThatForbidsHalfOfItGivesTheOtherHalfAndSaysWhatWouldShowTheRest() {
    try (StandInCluster cluster = StandInCluster.start()) {
      Path kubeconfig = cluster.kubeconfig(folder.resolve("kubeconfig"));
      for (String plural :
          List.of(
              "kubevirts",
              "cdis",
              "volumesnapshotclasses",
              "storageprofiles",
              "csistoragecapacities",
              "pods")) {
        cluster.fault().forbid("list", plural);
      }
      Programs.Result seen = drover(kubeconfig, "profile", "--target", "kubernetes");
      assertEquals(0, seen.exit(), seen.out());
      for (String right :
          List.of(
              "list kubevirts.kubevirt.io in all namespaces",
              "list storageprofiles.cdi.kubevirt.io",
              "list pods in all namespaces")) {
        assertTrue(seen.out().contains("allow you to " + right), seen.out());
      }
      TargetProfile profile = ProfileReader.read(folder.resolve("target.yaml"));
      assertNull(profile.features(), "what is forbidden is unknown and not empty");
      TargetProfile.StorageClass fast = profile.storageClass("fast").orElseThrow();
      assertEquals(Answer.UNKNOWN, fast.readWriteMany());
      assertEquals(Answer.UNKNOWN, fast.snapshot());
      assertEquals(6, profile.unseen().size(), profile.unseen()::toString);
      Programs.Result valid = drover(kubeconfig, "validate", "target.yaml");
      assertEquals(0, valid.exit(), valid.out());
    }
  }

  @Test
  void aTokenThatIsNotTakenIsToldWithoutAProfile() {
    try (StandInCluster cluster = StandInCluster.start()) {
      Path kubeconfig = cluster.kubeconfig(folder.resolve("kubeconfig"), "old");
      Programs.Result refused = drover(kubeconfig, "profile", "--target", "kubernetes");
      assertTrue(refused.exit() != 0, refused.out());
      assertTrue(!folder.resolve("target.yaml").toFile().exists(), refused.out());
    }
  }
}
