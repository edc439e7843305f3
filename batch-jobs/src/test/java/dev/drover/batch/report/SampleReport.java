package dev.drover.batch.report;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the report of a sample estate, for people, pictures and measurements. */
public final class SampleReport {
  private SampleReport() {}

  /**
   * Writes it and tells how long it took.
   *
   * @param arguments the number of VMs and the folder
   */
  public static void main(String... arguments) throws InterruptedException {
    int vms = Integer.parseInt(arguments[0]);
    AtomicLong peak = new AtomicLong();
    Thread watch = new Thread(() -> watch(peak));
    watch.setDaemon(true);
    watch.start();
    SampleEstate estate = SampleEstate.of(7, vms);
    var assessment = estate.assessment();
    long start = System.nanoTime();
    try (VmSpool spool = VmSpool.create()) {
      estate.stream().forEach(spool::add);
      long spooled = System.nanoTime();
      Reports.write(assessment, spool, "sample", Path.of(arguments[1]));
      System.out.printf(
          "%,d VMs: spool %.1f s, report %.1f s, heap at most %,d MiB%n",
          vms, (spooled - start) / 1e9, (System.nanoTime() - spooled) / 1e9, peak.get() >> 20);
    }
  }

  /** Writes it. */
  public static void write(SampleEstate estate, Path folder) {
    try (VmSpool spool = VmSpool.create()) {
      estate.stream().forEach(spool::add);
      Reports.write(estate.assessment(), spool, "sample", folder);
    }
  }

  private static void watch(AtomicLong peak) {
    Runtime runtime = Runtime.getRuntime();
    try {
      while (true) {
        peak.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
