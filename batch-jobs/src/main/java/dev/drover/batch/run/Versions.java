package dev.drover.batch.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What took part in a run, for the evidence. */
final class Versions {
  private Versions() {}

  /** By name. */
  static Map<String, String> of(Supplier<Map<String, String>> programs) {
    Map<String, String> all = new TreeMap<>();
    try {
      all.putAll(programs.get());
    } catch (RuntimeException e) {
      // Evidence with less in it is better than none.
      LoggerFactory.getLogger(Versions.class).warn("no versions of programs: {}", e.getMessage());
    }
    String drover = Versions.class.getPackage().getImplementationVersion();
    all.put("drover", drover == null ? "built from source" : drover);
    all.put("java", System.getProperty("java.runtime.version", "unknown"));
    all.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    return all;
  }
}
