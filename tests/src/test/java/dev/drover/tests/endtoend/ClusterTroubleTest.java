package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.standin.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a cluster: the user reads what to do, and nothing is there twice. */
class ClusterTroubleTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path folder;

  private ClusterWorld world;

  @BeforeEach
  void begin() throws IOException {
    world = new ClusterWorld(folder);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void anUploadThatIsResetIsTriedAgainWithAnotherToken() throws IOException {
    world.appliance("web", 1, 1);
    world.plan();
    world.cluster().fault().resetUpload(1_000_000, 1);

    world.run(0, "run", "plan.yaml");

    world.assertIdentical("web", 1);
    assertEquals(2, world.cluster().tokens());
    assertEquals(List.of("web-disk0"), world.volumes());
    assertEquals(List.of("web-disk0"), world.claims());
  }

  @Test
  void credentialsThatAreNotAcceptedAndWhatIsNotAllowedAreSaid() throws IOException {
    world.appliance("web", 2, 1);
    world.plan();
    world.cluster().kubeconfig(folder.resolve("kubeconfig"), "expired");
    String unknown = world.run(3, "run", "plan.yaml");
    assertTrue(unknown.contains("401"), unknown);
    assertTrue(unknown.contains("log in again"), unknown);

    world.cluster().kubeconfig(folder.resolve("kubeconfig"));
    world.cluster().fault().forbid("create", "datavolumes");
    String forbidden = world.run(1, "run", "plan.yaml");
    assertTrue(forbidden.contains("may not create datavolumes"), forbidden);
    assertTrue(forbidden.contains("kubectl create rolebinding"), forbidden);

    world.cluster().fault().clear();
    world.cluster().fault().api("POST", "/datavolumes", 403, "forbidden by a webhook", 9);
    String refused = world.run(1, "run", "plan.yaml");
    assertTrue(refused.contains("not allowed to create datavolumes"), refused);
    assertTrue(refused.contains("forbidden by a webhook"), refused);
    assertEquals(List.of(), world.volumes());
    assertEquals(List.of(), world.machines());
  }

  @Test
  void aClusterWithoutCdiBlocksTheVmAndGetsNothing() throws IOException {
    world.appliance("web", 3, 1);
    world.plan();
    world.cluster().withoutGroup("cdi.kubevirt.io");
    world.cluster().withoutGroup("upload.cdi.kubevirt.io");

    String said = world.run(1, "run", "plan.yaml");

    assertTrue(said.contains("the cluster has no CDI"), said);
    assertTrue(said.contains("containerized-data-importer"), said);
    assertEquals(List.of(), world.changesSince(0));
  }

  @Test
  void aKilledUploadIsMadeAgainAndSoIsAVolumeThatWentMissing() throws Exception {
    world.appliance("web", 4, 2);
    world.plan();
    Faults.Hold hold = world.cluster().fault().holdUpload("web-disk1", 500_000);
    Process killed = world.start("run", "plan.yaml");
    assertTrue(hold.reachedWithin(LONG), "no upload came");
    world.await(killed, () -> world.volume("web-disk0", "status", "phase").equals("Succeeded"));
    killed.descendants().forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor();
    hold.release();
    String first = world.volume("web-disk0", "metadata", "uid");
    world.cluster().remove(ClusterWorld.CDI, "web", "datavolumes", "web-disk0");
    world.cluster().remove("v1", "web", "persistentvolumeclaims", "web-disk0");

    world.run(0, "resume");

    world.assertIdentical("web", 2);
    assertNotEquals(first, world.volume("web-disk0", "metadata", "uid"));
    assertEquals(List.of("web-disk0", "web-disk1"), world.volumes());
    assertEquals(List.of("web-disk0", "web-disk1"), world.claims());
    assertEquals(List.of("web"), world.machines());
  }

  @Test
  void aTermSignalEndsTheWaitForAVolume() throws Exception {
    world.appliance("web", 6, 1);
    world.plan();
    world.cluster().fault().holdVolume("web-disk0", "Pending", "no room yet");
    Process waits = world.start("run", "plan.yaml");
    world.await(waits, () -> looksAt("web-disk0") > 6);
    waits.destroy();
    assertTrue(waits.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the run does not end");
    assertTrue(world.run(0, "status", "-o", "json").contains("INTERRUPTED"));
    String uid = world.volume("web-disk0", "metadata", "uid");

    world.cluster().fault().clear();
    world.cluster().wake("web", "web-disk0");
    world.run(0, "resume");

    world.assertIdentical("web", 1);
    assertEquals(uid, world.volume("web-disk0", "metadata", "uid"));
  }

  @Test
  void aTermSignalEndsAnUploadThatStandsStill() throws Exception {
    world.appliance("web", 7, 1);
    world.plan();
    Faults.Hold hold = world.cluster().fault().holdUpload("web-disk0", 500_000);
    Process stands = world.start("run", "plan.yaml");
    assertTrue(hold.reachedWithin(LONG), "no upload came");
    stands.destroy();
    assertTrue(stands.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "the run does not end");
    hold.release();
    assertEquals(List.of(), world.volumes());

    world.run(0, "resume");

    world.assertIdentical("web", 1);
  }

  private long looksAt(String volume) {
    return world.cluster().requests().stream()
        .filter(r -> r.startsWith("GET ") && r.endsWith("/datavolumes/" + volume))
        .count();
  }
}
