package dev.drover.importers.vsphere;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.inventory.InventoryWriter;
import dev.drover.mappings.plan.SourceSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures an inventory of a simulator into a file: {@code InventoryBenchmark VERSION VMS}. Not a
 * test; docs/performance.md says how it is run and what came out.
 */
final class InventoryBenchmark {
  private InventoryBenchmark() {}

  @SuppressWarnings("SystemOut") // Its output is what it is for.
  public static void main(String[] arguments) throws Exception {
    Vcsim.Version version = Vcsim.Version.valueOf(arguments[0]);
    int perPool = Integer.parseInt(arguments[1]) / 2;
    long begun = System.nanoTime();
    try (Vcsim peer = Vcsim.start(version, "-vm", String.valueOf(perPool), "-autostart=false")) {
      double started = seconds(begun);
      Path file = Files.createTempDirectory("bench").resolve("inventory.json");
      for (int round = 1; round <= 2; round++) {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long cpu = cpu();
        long peerCpu = peer.cpuMillis();
        long start = System.nanoTime();
        long[] counts = inventory(Specs.of(peer.sdk()), file);
        System.out.printf(
            Locale.ROOT,
            "%s round %d: %d VMs, start of the simulator %.1f s, wall %.2f s, CPU %.2f s, simulator's"
                + " CPU %.2f s, peak heap %d MB, %d requests, file %d MB%n",
            version,
            round,
            counts[0],
            started,
            seconds(start),
            (cpu() - cpu) / 1e9,
            (peer.cpuMillis() - peerCpu) / 1e3,
            peakHeap() >> 20,
            counts[1],
            Files.size(file) >> 20);
        Files.delete(file);
      }
    }
  }

  private static long[] inventory(SourceSpec spec, Path file) {
    long[] counts = new long[2];
    try (VsphereSource source = VsphereSourceProvider.open(spec, Limits.USUAL);
        Stream<Discovery> all = source.list();
        InventoryWriter writer = InventoryWriter.create(file, List.of(spec))) {
      all.forEach(
          each -> {
            if (each instanceof Discovery.Found found) {
              writer.vm(found.vm());
              counts[0]++;
            }
          });
      writer.commit();
      counts[1] = source.requests();
    }
    return counts;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
