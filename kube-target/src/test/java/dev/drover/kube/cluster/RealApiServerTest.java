package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.kube.manifest.Manifest;
import dev.drover.kube.standin.Corpus;
import dev.drover.kube.standin.RealApiServer;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only kube-apiserver's own code shows: strict validation, field ownership, preconditions. */
@Tag("peer")
class RealApiServerTest {
  private static @Nullable RealApiServer server;
  private static @Nullable Api connected;

  private final TargetDisk disk = Fixture.disk("disk-" + System.nanoTime(), 1 << 20);
  private final TargetVm vm = Fixture.vm("vm-" + System.nanoTime(), disk);
  private final Rendering rendering = Rendering.ofRun(Fixture.RUN);

  @BeforeAll
  static void start() {
    // Before anything is built for it.
    assumeTrue(Corpus.openapi().isPresent(), "the folder ../shared/corpus/openapi is missing");
    Optional<String> missing = RealApiServer.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    RealApiServer started = RealApiServer.start();
    server = started;
    Api api = whenItAnswers(started);
    connected = api;
    for (Map<String, Object> crd : Corpus.definitions(Corpus.openapi().orElseThrow())) {
      define(api, crd);
    }
    LookAgain again = new LookAgain(Fixture.QUICK);
    for (Kind kind : List.of(Kind.VIRTUAL_MACHINE, Kind.DATA_VOLUME)) {
      again.until(
          kind.text(),
          Fixture.QUICK.ready(),
          () -> served(api, kind) ? Optional.of(true) : Optional.empty(),
          started::log);
    }
  }

  private static Api whenItAnswers(RealApiServer started) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RealApiServer.startSeconds());
    while (true) {
      try {
        return Fixture.connect(started.kubeconfig());
      } catch (EnvironmentFailed e) {
        if (!started.alive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(started.log(), e);
        }
      }
    }
  }

  private static void define(Api api, Map<String, Object> crd) {
    String json = api.client().getKubernetesSerialization().asJson(crd);
    api.client().raw("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "POST", json);
  }

  private static boolean served(Api api, Kind kind) {
    try {
      api.list(kind, "web", "");
      return api.serves(kind.apiVersion());
    } catch (ApiRefused e) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    if (connected != null) {
      connected.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static Api api() {
    if (connected == null) {
      throw new IllegalStateException("not started");
    }
    return connected;
  }

  private PrepareVolume prepare() {
    LookAgain again = new LookAgain(Fixture.QUICK);
    return new PrepareVolume(api(), new RemoveObject(api(), again, Fixture.QUICK));
  }

  @Test
  void takesOurVirtualMachineAsItIs() {
    Resource machine = new ApplyVirtualMachine(api()).apply(rendering.virtualMachine(vm));
    assertFalse(machine.uid().isEmpty());
    assertEquals("Halted", machine.text("spec", "runStrategy"));
    assertEquals(
        List.of("drover Apply"),
        machine.list("metadata", "managedFields").stream()
            .map(f -> f.text("manager") + " " + f.text("operation"))
            .toList());
  }

  @Test
  void takesOurVirtualMachineASecondTimeAndStartsIt() {
    Manifest wanted = rendering.virtualMachine(vm);
    ApplyVirtualMachine apply = new ApplyVirtualMachine(api());
    String uid = apply.apply(wanted).uid();
    new StartVirtualMachine(api()).start(wanted);
    Resource again = apply.apply(wanted);
    assertEquals(uid, again.uid());
    assertEquals("Always", again.text("spec", "runStrategy"));
  }

  @Test
  void refusesAFieldThatItDoesNotKnow() {
    Manifest wanted = rendering.virtualMachine(vm);
    Map<String, Object> spec = new LinkedHashMap<>(new Resource(wanted.body()).map("spec"));
    spec.put("noSuchField", true);
    Map<String, Object> body = new LinkedHashMap<>(wanted.body());
    body.put("spec", spec);
    TargetFailed failed =
        assertThrows(
            TargetFailed.class,
            () ->
                new ApplyVirtualMachine(api())
                    .apply(
                        new Manifest(
                            wanted.apiVersion(),
                            wanted.kind(),
                            wanted.namespace(),
                            wanted.name(),
                            body)));
    assertEquals(Retry.POINTLESS, failed.retry(), failed.toString());
    assertTrue(failed.what().contains("noSuchField"), failed.what());
    assertTrue(api().get(Kind.VIRTUAL_MACHINE, "web", vm.name()).isEmpty());
  }

  @Test
  void namesTheManagerWhoseFieldDroverWouldChange() {
    Manifest wanted = rendering.virtualMachine(vm);
    ApplyVirtualMachine apply = new ApplyVirtualMachine(api());
    apply.apply(wanted);
    TargetVm smaller =
        Fixture.vm(vm.name(), true, Fixture.sizing(1, ByteSize.ofGiB(1)), vm.nics(), disk);
    applyAs("kubectl-edit", rendering.virtualMachine(smaller));
    TargetFailed failed = assertThrows(TargetFailed.class, () -> apply.apply(wanted));
    assertEquals(Retry.POINTLESS, failed.retry(), failed.toString());
    assertTrue(failed.what().contains("kubectl-edit"), failed.what());
    assertTrue(failed.what().contains("memory"), failed.what());
  }

  @Test
  void takesOurDataVolumeAndFindsItAgain() {
    Manifest wanted = rendering.uploadVolume(vm, disk);
    Resource made = prepareWithoutClaims(wanted);
    assertEquals("{}", made.map("spec", "source", "upload").toString());
    assertTrue(new Resource(made.body()).map("spec", "source").containsKey("upload"));
    Resource noted = begun(made);
    assertEquals("true", noted.annotation(PrepareVolume.UPLOAD_BEGUN));
  }

  @Test
  void deletesAnObjectOnlyByItsUid() {
    Resource made = prepareWithoutClaims(rendering.uploadVolume(vm, disk));
    Resource successor =
        new Resource(
            Map.of("metadata", Map.of("name", made.name(), "namespace", "web", "uid", "another")));
    ApiRefused refused =
        assertThrows(ApiRefused.class, () -> api().delete(Kind.DATA_VOLUME, successor));
    assertEquals(409, refused.code());
    assertTrue(api().delete(Kind.DATA_VOLUME, made));
    assertTrue(api().get(Kind.DATA_VOLUME, "web", made.name()).isEmpty());
  }

  @Test
  void aMergeForAnotherUidChangesNothing() {
    Resource made = prepareWithoutClaims(rendering.uploadVolume(vm, disk));
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", "another", "annotations", Map.of("a", "b")));
    ApiRefused refused =
        assertThrows(
            ApiRefused.class, () -> api().merge(Kind.DATA_VOLUME, "web", made.name(), patch));
    // 409 for built-in kinds, 422 for custom resources: their UID is "immutable".
    assertEquals(422, refused.code());
    assertEquals("", api().get(Kind.DATA_VOLUME, "web", made.name()).orElseThrow().annotation("a"));
  }

  @Test
  void seesAVolumeOnItsWayOutAndAClaimThatIsGone() {
    Map<String, Object> kept = new LinkedHashMap<>(rendering.uploadVolume(vm, disk).body());
    Map<String, Object> metadata = new LinkedHashMap<>(new Resource(kept).map("metadata"));
    metadata.put("finalizers", List.of("drover.dev/test"));
    kept.put("metadata", metadata);
    Resource volume = api().create(Kind.DATA_VOLUME, "web", kept);
    new ApplyVirtualMachine(api()).apply(rendering.virtualMachine(vm));
    ClusterTarget target = new ClusterTarget(api(), rendering, Fixture.QUICK);
    assertTrue(lost(target).what().contains("holds no disk"), lost(target).what());
    status(volume, "{\"status\": {\"phase\": \"Succeeded\"}}");
    assertTrue(lost(target).subject().startsWith("PersistentVolumeClaim"), lost(target).subject());
    api().delete(Kind.DATA_VOLUME, volume);
    assertTrue(lost(target).what().contains("is deleting it"), lost(target).what());
  }

  private TargetFailed lost(ClusterTarget target) {
    return assertThrows(TargetFailed.class, () -> target.observe(vm));
  }

  /** As CDI does. */
  private static void status(Resource volume, String patch) {
    send(Kind.DATA_VOLUME.path("web") + "/" + volume.name() + "/status", "merge-patch+json", patch);
  }

  @Test
  void listsByTheMarksOfAVm() {
    Manifest machine = rendering.virtualMachine(vm);
    new ApplyVirtualMachine(api()).apply(machine);
    List<Resource> found = api().list(Kind.VIRTUAL_MACHINE, "web", Ownership.selector(machine));
    assertEquals(List.of(vm.name()), found.stream().map(Resource::name).toList());
  }

  /** This server has no claims; reading one answers 404, which is what is wanted. */
  private Resource prepareWithoutClaims(Manifest wanted) {
    Resource made = prepare().ensure(wanted);
    assertEquals(made.uid(), prepare().ensure(wanted).uid());
    return made;
  }

  private Resource begun(Resource made) {
    prepare().begin(made);
    return api().get(Kind.DATA_VOLUME, "web", made.name()).orElseThrow();
  }

  /** As another person with another tool, by force. */
  private static void applyAs(String manager, Manifest manifest) {
    send(
        Kind.VIRTUAL_MACHINE.path(manifest.namespace())
            + "/"
            + manifest.name()
            + "?force=true&fieldManager="
            + manager,
        "apply-patch+yaml",
        api().client().getKubernetesSerialization().asJson(manifest.body()));
  }

  private static void send(String uri, String type, String patch) {
    var http = api().client().getHttpClient();
    String server = api().client().getConfiguration().getMasterUrl().replaceAll("/$", "");
    var request =
        http.newHttpRequestBuilder()
            .uri(server + uri)
            .method("PATCH", "application/" + type, patch)
            .build();
    assertTrue(http.sendAsync(request, String.class).join().isSuccessful());
  }
}
