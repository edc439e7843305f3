package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures by hand what the batch layer costs: VMs with empty disks over stand-ins. Arguments:
 * numbers of VMs.
 */
final class Overhead {
  private Overhead() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("     VMs  seconds  ms a VM  heap MB  database MB");
    for (String argument : arguments) {
      Path folder = Files.createTempDirectory("drover-overhead");
      World world = new World(folder);
      World.write(world.plan(), "diskBytes=0\nlimitVms=4\nlimitDisks=4\nvms=" + argument);
      long start = System.nanoTime();
      RunSummary summary = world.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      Runtime jvm = Runtime.getRuntime();
      System.out.printf(
          "%8s %8.1f %8.2f %8d %12d  %s%n",
          argument,
          seconds,
          seconds * 1000 / Integer.parseInt(argument),
          (jvm.totalMemory() - jvm.freeMemory()) >> 20,
          Files.size(folder.resolve("state/jobs.mv.db")) >> 20,
          summary.state());
      try (var files = Files.walk(folder)) {
        for (Path one : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
