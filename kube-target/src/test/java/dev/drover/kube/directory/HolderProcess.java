package dev.drover.kube.directory;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.MigrationTargets;
import dev.drover.kube.manifest.SampleVm;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that writes {@link SampleVm#linux()}, as another run would. */
final class HolderProcess implements AutoCloseable {
  private final Process process;

  private HolderProcess(Process process) {
    this.process = process;
  }

  /** Comes back when it is in the middle of the first disk. */
  static HolderProcess start(Path root, String run) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HolderProcess.class.getName(),
                    root.toString(),
                    run))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.inputReader().readLine() == null) {
      throw new AssertionError("the other process did not get so far");
    }
    return new HolderProcess(process);
  }

  long pid() {
    return process.pid();
  }

  /** Lets it write the VM and end. */
  void finish() throws IOException, InterruptedException {
    process.outputWriter().write("go on\n");
    process.outputWriter().flush();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("the other process did not finish");
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Arguments: the target's root, the id of the run. */
  public static void main(String[] arguments) throws IOException {
    TargetVm vm = SampleVm.linux();
    try (MigrationTarget target =
        MigrationTargets.open(new TargetSpec.Directory(arguments[0]), arguments[1])) {
      target.prepareDisk(vm, vm.disks().get(0));
      System.out.println("writing");
      if (System.in.read() >= 0) {
        DirectoryTargetTest.move(target, vm);
      }
    }
  }
}
