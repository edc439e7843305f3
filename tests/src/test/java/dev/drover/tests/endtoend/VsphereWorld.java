package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.HardwareAnswers;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Programs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A simulated vCenter behind a proxy, a directory as the target, and the launcher between them. */
final class VsphereWorld implements AutoCloseable {
  private final Path folder;
  private final Vcsim vcenter;
  private final FaultProxy proxy;
  private final Drover drover;
  private final List<String> in;

  /**
   * Starts it; skips the test where that cannot be.
   *
   * @param flags of the simulator
   */
  VsphereWorld(Path folder, Vcsim.Version version, String... flags) throws IOException {
    Programs.need("qemu-img");
    this.folder = folder;
    this.vcenter = Vcsim.start(version, flags);
    this.proxy = new FaultProxy(vcenter.sdk());
    this.drover = new Drover(folder);
    Path login = folder.resolve("login");
    Files.writeString(login, "username: " + Vcsim.USER + "\npassword: " + Vcsim.PASSWORD + "\n");
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
    this.in =
        List.of(
            "--source",
            "dc1=vsphere:" + proxy.sdk(),
            "--credentials",
            "file:" + login,
            "--insecure");
  }

  FaultProxy proxy() {
    return proxy;
  }

  Vcsim vcenter() {
    return vcenter;
  }

  /** What the hardware of VMs looks like from now on. */
  void hardware(UnaryOperator<String> change) {
    proxy.when(FaultProxy.Call::isHardware, FaultProxy.ALWAYS, FaultProxy.changing(change));
  }

  /** Lays the bytes of a VM's flat disk. */
  void put(String vm, Path raw) throws FileNotFoundException {
    vcenter.put("DC0", vm + "/disk1-flat.vmdk", HttpRequest.BodyPublishers.ofFile(raw));
  }

  /** All VMs have a flat disk of that size. */
  void flat(long size) {
    hardware(HardwareAnswers.sized(size));
  }

  /** A command that must end with that exit code; gives what it said. */
  String run(int exit, String... arguments) {
    return drover.run(exit, arguments);
  }

  /** A command that asks the source. */
  String ask(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(in);
    return drover.run(0, all.toArray(String[]::new));
  }

  /** Makes {@code vm.json} and {@code plan.yaml}, whose disk goes to {@code out}. */
  void plan(String vm) {
    ask("inventory", "--name", vm, "-o", "vm.json");
    run(0, "plan", "vm.json", "--target", "directory:./out", "-o", "plan.yaml");
  }

  /** What the plan does to a VM that runs. */
  void rule(String whenRunning) throws IOException {
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(plan).replaceAll("\n  source: \\{whenRunning: .*}", "");
    Files.writeString(
        plan,
        text.replace(
            "\ndefaults:\n", "\ndefaults:\n  source: {whenRunning: " + whenRunning + "}\n"));
  }

  /** As the last inventory says. */
  String power() throws IOException {
    String text = Files.readString(folder.resolve("vm.json"));
    return text.replaceAll("(?s).*\"power\" *: *\"([A-Z]+)\".*", "$1");
  }

  /**
   * Runs the plan and kills it.
   *
   * @param middle returns when it is there
   */
  void runAndKill(Runnable middle) throws IOException, InterruptedException {
    runUntil(
        middle,
        run -> {
          run.descendants().forEach(ProcessHandle::destroyForcibly);
          run.destroyForcibly();
        });
  }

  /** Runs the plan and asks it to stop, as Kubernetes and systemd do. */
  void runAndStop(Runnable middle) throws IOException, InterruptedException {
    runUntil(middle, Process::destroy);
  }

  private void runUntil(Runnable middle, Consumer<Process> end)
      throws IOException, InterruptedException {
    Path log = folder.resolve("first.log");
    Process run =
        new ProcessBuilder(Drover.command("run", "plan.yaml"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      middle.run();
      assertTrue(run.isAlive(), "it ended by itself");
      end.accept(run);
      assertTrue(run.waitFor(60, TimeUnit.SECONDS), "it does not end");
    } catch (AssertionError e) {
      throw new AssertionError(Files.readString(log), e);
    } finally {
      run.destroyForcibly();
    }
  }

  void assertIdentical(Path raw, String out, String name) throws IOException {
    Path disk;
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      disk =
          files
              .filter(f -> f.getFileName().toString().matches(name + "-disk0\\.(raw|qcow2)"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no disk of " + name));
    }
    Programs.run(folder, "qemu-img", "compare", "-f", "raw", raw.toString(), disk.toString());
  }

  /** No half of a disk here, and no snapshot of Drover's there. */
  void assertNothingIsLeft() throws IOException {
    String left = ask("clean", "--dry-run");
    assertTrue(left.contains("nothing of Drover's is left"), left);
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
  }

  /** The password is in no file but that of the credentials. */
  void assertNoPassword() throws IOException {
    List<Path> texts;
    try (Stream<Path> files = Files.walk(folder)) {
      texts = files.filter(f -> f.toString().matches(".*\\.(json|yaml|md|log)")).toList();
    }
    assertTrue(texts.size() > 3, texts.toString());
    for (Path each : texts) {
      assertTrue(!Files.readString(each).contains(Vcsim.PASSWORD), each.toString());
    }
  }

  @Override
  public void close() {
    proxy.close();
    vcenter.close();
  }
}
