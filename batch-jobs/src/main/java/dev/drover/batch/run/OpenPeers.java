package dev.drover.batch.run;

import dev.drover.batch.steps.Peers;
import dev.drover.converters.Engine;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.VmPlan;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The sources that the chosen VMs need, the target and the copier, each opened once. */
final class OpenPeers implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Peers peers;

  private OpenPeers(Ports ports, MigrationPlan plan, String runId, Needs needs) {
    try {
      Map<String, VmSource> sources = new LinkedHashMap<>();
      Set<String> wanted =
          needs.vms().stream().map(vm -> vm.ref().source()).collect(Collectors.toSet());
      for (SourceSpec spec : plan.sources()) {
        if (wanted.contains(spec.name())) {
          VmSource source = ports.sources().apply(spec);
          open.push(source);
          sources.put(spec.name(), source);
        }
      }
      MigrationTarget target =
          ports.targets().open(plan.target(), runId, needs.earlier(), needs.stop());
      open.push(target);
      this.peers =
          new Peers(
              sources,
              target,
              ports.copiers().open(needs.scratch(), needs.engine()),
              ports.mapping());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * What they are needed for.
   *
   * @param earlier ids of the runs whose work this one goes on with
   * @param scratch a folder for what cannot be read in place
   * @param engine who reads images
   * @param stop whether somebody asked to stop
   */
  record Needs(
      Collection<VmPlan> vms,
      Set<String> earlier,
      Path scratch,
      Engine engine,
      BooleanSupplier stop) {}

  /**
   * Opens all.
   *
   * @throws dev.drover.mappings.failure.Failure when one of them cannot be opened; none is then
   */
  static OpenPeers open(Ports ports, MigrationPlan plan, String runId, Needs needs) {
    return new OpenPeers(ports, plan, runId, needs);
  }

  Peers peers() {
    return peers;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(OpenPeers.class).warn("closing: {}", e.toString());
      }
    }
  }
}
