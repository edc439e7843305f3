package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.kube.standin.StandInCluster;
import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A stand-in cluster, a folder of appliances, and the launcher between them. */
final class ClusterWorld implements AutoCloseable {
  static final String CDI = "cdi.kubevirt.io/v1beta1";
  static final String KUBEVIRT = "kubevirt.io/v1";

  private final Path folder;
  private final Path appliances;
  private final StandInCluster cluster = StandInCluster.start();
  private final Drover drover;

  ClusterWorld(Path folder) throws IOException {
    Programs.need("qemu-img");
    this.folder = folder;
    this.appliances = Files.createDirectories(folder.resolve("appliances"));
    this.drover = new Drover(folder);
    cluster.kubeconfig(folder.resolve("kubeconfig"));
  }

  StandInCluster cluster() {
    return cluster;
  }

  /** Makes {@code NAME.ova} with so many disks of 24 MiB. */
  void appliance(String name, long seed, int disks) {
    Appliance made = Appliance.named(folder, name);
    for (int i = 0; i < disks; i++) {
      made.streamOptimized(Noise.disk(original(name, i), 24 << 20, seed + i));
    }
    made.ova(appliances);
  }

  private Path original(String name, int disk) {
    return folder.resolve(name + "-disk" + disk + ".raw");
  }

  /** Goes from the folder to a plan for namespace {@code web}; failures are retried at once. */
  void plan() throws IOException {
    run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    run(0, "plan", "inventory.json", "--target", "kubernetes", "-o", "plan.yaml");
    edit("kubernetes: {}", "kubernetes: {kubeconfig: ./kubeconfig}");
    edit("namespace: default", "namespace: web");
    edit("delay: 5s", "delay: 1s");
  }

  /** Replaces a text of the plan that is there. */
  void edit(String old, String text) throws IOException {
    Path plan = folder.resolve("plan.yaml");
    String before = Files.readString(plan);
    assertTrue(before.contains(old), () -> "the plan has no \"" + old + "\":\n" + before);
    Files.writeString(plan, before.replace(old, text));
  }

  /** Says more of a VM in the plan: {@code power: running}. */
  void says(String vm, String line) throws IOException {
    edit("        name: " + vm + "\n", "        name: " + vm + "\n        " + line + "\n");
  }

  /** A command that must end with that exit code; gives what it said. */
  String run(int exit, String... arguments) {
    return drover.run(exit, arguments);
  }

  /** Starts a command whose output goes to {@code started.log}. */
  Process start(String... arguments) throws IOException {
    return new ProcessBuilder(Drover.command(arguments))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("started.log").toFile())
        .start();
  }

  /** Waits until it is so; a process that ends before is a failure of the test. */
  void await(Process process, BooleanSupplier so) throws IOException, InterruptedException {
    while (!so.getAsBoolean()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "ended early:\n" + Files.readString(folder.resolve("started.log")));
      }
    }
  }

  /** What the cluster stored is what the appliance was made of. */
  void assertIdentical(String name, int disks) {
    for (int i = 0; i < disks; i++) {
      assertIdentical(original(name, i), name + "-disk" + i);
    }
  }

  /** What the cluster stored in a volume is that raw disk. */
  void assertIdentical(Path original, String volume) {
    Programs.run(
        folder,
        "qemu-img",
        "compare",
        "-f",
        "raw",
        "-F",
        "raw",
        original.toString(),
        cluster.uploaded("web", volume).toString());
  }

  List<String> volumes() {
    return cluster.names(CDI, "web", "datavolumes");
  }

  List<String> claims() {
    return cluster.names("v1", "web", "persistentvolumeclaims");
  }

  List<String> machines() {
    return cluster.names(KUBEVIRT, "web", "virtualmachines");
  }

  /** A VirtualMachine that must be there. */
  Map<String, Object> machine(String name) {
    return cluster.object(KUBEVIRT, "web", "virtualmachines", name).orElseThrow();
  }

  /** A text of a VirtualMachine that must be there, empty where it has none. */
  String machine(String name, String... path) {
    return Json.text(machine(name), path);
  }

  /** A text of a DataVolume, empty where it is not there. */
  String volume(String name, String... path) {
    return cluster
        .object(CDI, "web", "datavolumes", name)
        .map(object -> Json.text(object, path))
        .orElse("");
  }

  /** Requests from the given one on that change something, questions for permissions aside. */
  List<String> changesSince(int first) {
    return cluster.requests().stream()
        .skip(first)
        .filter(r -> !r.startsWith("GET ") && !r.contains("/selfsubjectaccessreviews"))
        .toList();
  }

  /** Text in an object. */
  private static final class Json {
    private static String text(Map<String, Object> object, String... path) {
      Object at = object;
      for (String key : path) {
        at = at instanceof Map<?, ?> map ? map.get(key) : null;
      }
      return at == null ? "" : at.toString();
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
