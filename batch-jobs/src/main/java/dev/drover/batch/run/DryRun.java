package dev.drover.batch.run;

import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.batch.steps.InspectDisks;
import dev.drover.batch.steps.Peers;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Says what a run would do. Makes no state directory, takes no lock, writes nothing. */
final class DryRun {
  private static final String RUN_ID = "dry-run";
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private final Ports ports;

  DryRun(Ports ports) {
    this.ports = ports;
  }

  List<Preview> of(RunRequest request) {
    Path file = Objects.requireNonNull(request.plan(), "a dry run needs a plan");
    MigrationPlan plan = ports.plans().apply(file);
    Choice chosen = Choice.of(plan, request.waves(), request.vms(), List.of());
    Path scratch = scratch();
    try (OpenPeers open =
        OpenPeers.open(
            ports, plan, RUN_ID, new OpenPeers.Needs(chosen.vms(), scratch, () -> false))) {
      Map<VmRef, List<Finding>> collisions =
          Together.look(ports, plan, open.peers(), chosen.vms(), Progress.NONE).collisions();
      List<Preview> previews = new ArrayList<>();
      for (Wave wave : chosen.waves()) {
        for (VmPlan vm : wave.vms()) {
          List<Finding> among = collisions.getOrDefault(vm.ref(), List.of());
          previews.add(preview(plan, open.peers(), wave.name(), vm, among));
        }
      }
      return previews;
    } finally {
      remove(scratch);
    }
  }

  private Preview preview(
      MigrationPlan plan, Peers peers, String wave, VmPlan vm, List<Finding> among) {
    List<Finding> findings = new ArrayList<>();
    try (VmSnapshot snapshot = sourceOf(peers, vm).open(vm.ref())) {
      SourceVm source = snapshot.vm();
      MappedVm mapped = peers.mapping().map(source, vm, plan);
      findings.addAll(source.findings());
      findings.addAll(mapped.findings());
      findings.addAll(among);
      TargetVm target = mapped.vm();
      if (target == null) {
        return new Preview(
            wave,
            vm.ref().toString(),
            vm.sourceName(),
            "",
            source.totalDiskSize().bytes(),
            source.disks().size(),
            source.nics().size(),
            findings,
            List.of());
      }
      findings.addAll(InspectDisks.findings(peers.copier(), snapshot, target));
      findings.addAll(peers.target().check(target));
      return new Preview(
          wave,
          vm.ref().toString(),
          vm.sourceName(),
          target.path(),
          target.disks().stream().mapToLong(d -> d.size().bytes()).sum(),
          target.disks().size(),
          target.nics().size(),
          findings,
          ports.renderer().render(target, RUN_ID).stream().map(DryRun::yaml).toList());
    } catch (Failure failure) {
      findings.add(
          Finding.blocker("RUN-001", failure.subject() + ": " + failure.what(), failure.remedy()));
      return new Preview(
          wave, vm.ref().toString(), vm.sourceName(), "", 0, 0, 0, findings, List.of());
    }
  }

  private static VmSource sourceOf(Peers peers, VmPlan vm) {
    VmSource source = peers.sources().get(vm.ref().source());
    if (source == null) {
      throw new dev.drover.mappings.failure.UsageFailed(
          "VM " + vm.sourceName(),
          "the plan has no source called \"" + vm.ref().source() + "\"",
          "add it under \"sources\"");
    }
    return source;
  }

  private static String yaml(Manifest manifest) {
    return YAML.writeValueAsString(manifest.body());
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("drover-dry-run");
    } catch (IOException e) {
      throw new EnvironmentFailed(
          System.getProperty("java.io.tmpdir", "/tmp"),
          "cannot create a folder",
          "see that the folder for temporary files can be written to",
          Retry.POINTLESS,
          e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path one : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(DryRun.class).warn("left behind: {}", folder);
    }
  }
}
