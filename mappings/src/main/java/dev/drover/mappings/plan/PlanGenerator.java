package dev.drover.mappings.plan;

import dev.drover.mappings.model.SourceVm;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/** Makes a first plan of an inventory: one wave with every VM, and the maps that they need. */
public final class PlanGenerator {
  private PlanGenerator() {}

  /** Writes YAML with comments that say what may be changed. */
  public static void write(
      String name, List<SourceSpec> sources, Stream<SourceVm> vms, TargetSpec target, Writer to) {
    throw new UnsupportedOperationException(name + sources + target);
  }
}
