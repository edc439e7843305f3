package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiRefusalTest extends ClusterCase {
  /** More than fabric8 repeats by itself. */
  private static final int ALWAYS = 50;

  private static final String VOLUMES = "/datavolumes";

  private final TargetDisk disk = Fixture.disk("web-1-disk0", 1024);
  private final TargetVm vm = Fixture.vm("web-1", disk);

  private TargetFailed refused(int code, String message) {
    cluster.fault().api("POST", VOLUMES, code, message, ALWAYS);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertEquals("DataVolume web/web-1-disk0", failed.subject());
    return failed;
  }

  @Test
  void unauthorizedSaysToLogInAgain() {
    TargetFailed failed = refused(401, "Unauthorized");
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("401"), failed.what());
    assertTrue(failed.remedy().contains("log in again"), failed.remedy());
  }

  @Test
  void forbiddenNamesThePermission() {
    cluster.fault().forbid("create", "datavolumes");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(
        failed.what().contains("create datavolumes.cdi.kubevirt.io in namespace \"web\""),
        failed.what());
  }

  @Test
  void aQuotaThatIsUsedUpIsNotTakenForAPermission() {
    TargetFailed failed = refused(403, "exceeded quota: compute, requested: 1Gi");
    assertTrue(failed.remedy().contains("ResourceQuota"), failed.remedy());
  }

  @Test
  void aClusterWithoutTheApiSaysWhatToInstall() {
    cluster.withoutGroup("cdi.kubevirt.io");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("404"), failed.what());
    assertTrue(failed.remedy().contains("install KubeVirt and CDI"), failed.remedy());
  }

  @Test
  void aMissingNamespaceSaysSo() {
    cluster.remove("v1", "", "namespaces", "web");
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertTrue(failed.what().contains("namespaces \"web\" not found"), failed.what());
  }

  @Test
  void aCreationThatWasDoneAndAnsweredWithAlreadyExistsIsFoundAgain() {
    // The first answer was lost, fabric8 asked again: the object is there, and it is ours.
    target.prepareDisk(vm, disk);
    cluster.fault().api("GET", VOLUMES + "/web-1-disk0", 404, "not found", 1);
    cluster.fault().api("GET", "/persistentvolumeclaims/", 404, "not found", 1);
    target.prepareDisk(vm, disk);
    assertEquals(1, cluster.names("cdi.kubevirt.io/v1beta1", "web", "datavolumes").size());
    assertEquals(2, posts());
  }

  @Test
  void anotherManagerIsNamedInAConflict() throws IOException {
    Fixture.upload(target, vm, disk, new byte[1024]);
    cluster
        .fault()
        .api(
            "PATCH",
            "/virtualmachines",
            409,
            "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using kubevirt.io/v1:"
                + " .spec.template.spec.domain.memory.guest",
            1);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.create(vm));
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("kubectl-edit"), failed.what());
    assertTrue(failed.what().contains("memory.guest"), failed.what());
  }

  @Test
  void anObjectThatChangedAtTheSameMomentIsWorthARetry() throws IOException {
    Fixture.upload(target, vm, disk, new byte[1024]);
    target.create(vm);
    cluster.fault().api("PATCH", "/virtualmachines", 409, "the object has been modified", 1);
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.start(vm));
    assertEquals(Retry.WORTHWHILE, failed.retry());
  }

  @Test
  void anUnknownFieldIsNoRetry() {
    TargetFailed failed = refused(400, "strict decoding error: unknown field \"spec.foo\"");
    assertEquals(Retry.POINTLESS, failed.retry());
    assertTrue(failed.what().contains("spec.foo"), failed.what());
  }

  @Test
  void aBusyServerIsAskedAgainInSilence() {
    cluster.fault().api("POST", VOLUMES, 429, "too many requests", 2);
    target.prepareDisk(vm, disk);
    assertEquals(3, posts());
  }

  @Test
  void aServerThatStaysBusyIsWorthALaterRetry() {
    TargetFailed failed = refused(429, "too many requests");
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("429"), failed.what());
    assertEquals(6, posts());
  }

  @Test
  void aServerErrorThatPassesIsNotSeen() {
    cluster.fault().api("POST", VOLUMES, 500, "etcd leader changed", 1);
    target.prepareDisk(vm, disk);
    assertEquals(2, posts());
  }

  @Test
  void aServerErrorThatStaysIsWorthALaterRetry() {
    TargetFailed failed = refused(500, "etcd is full");
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("etcd is full"), failed.what());
  }

  @Test
  void aServerThatIsGoneIsWorthALaterRetry() {
    cluster.close();
    TargetFailed failed = assertThrows(TargetFailed.class, () -> target.prepareDisk(vm, disk));
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.remedy().contains("can be reached"), failed.remedy());
  }

  @Test
  void aPageOfAProxyInsteadOfJsonIsQuotedInShort() {
    ApiRefused refused =
        new ApiRefused(502, "", "get datavolumes", "<html>Bad Gateway</html>", null);
    TargetFailed failed = ExplainRefusal.of("DataVolume a/b", refused);
    assertEquals(Retry.WORTHWHILE, failed.retry());
    assertTrue(failed.what().contains("Bad Gateway"), failed.what());
    assertEquals(Map.of(), new Resource(Map.of()).body());
  }

  private long posts() {
    return cluster.requests().stream()
        .filter(r -> r.startsWith("POST") && r.contains(VOLUMES))
        .count();
  }
}
