package dev.drover.batch.run;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.ledger.VmRecord;
import dev.drover.batch.ledger.VmState;
import dev.drover.batch.run.MigrationRuns.Preview;
import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.steps.AtSource;
import dev.drover.batch.steps.ConvertGuest;
import dev.drover.batch.steps.InspectDisks;
import dev.drover.batch.steps.Peers;
import dev.drover.converters.Engine;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.Wave;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    StateDirectory state = new StateDirectory(request.repository().state());
    Optional<Ledger> ledger = EarlierRuns.of(state, request.repository(), PlanKey.of(plan));
    Map<VmRef, VmRecord> known = known(ledger);
    Choice chosen = Choice.of(plan, request.waves(), request.vms(), known.values());
    Path scratch = scratch();
    try (OpenPeers open =
            OpenPeers.open(
                ports,
                plan,
                RUN_ID,
                new OpenPeers.Needs(
                    left(chosen, known), state.runs(), scratch, Engine.DROVER, () -> false));
        MovedBefore look =
            new MovedBefore(ports, plan, open.peers().target(), open.peers().sources())) {
      Map<VmRef, List<Finding>> collisions =
          Together.look(ports, plan, open.peers(), left(chosen, known), Progress.NONE).collisions();
      List<Preview> previews = new ArrayList<>();
      for (Wave wave : chosen.waves()) {
        for (VmPlan vm : wave.vms()) {
          List<Finding> among = collisions.getOrDefault(vm.ref(), List.of());
          VmRecord before = known.get(vm.ref());
          previews.add(
              before != null && before.state() == VmState.DONE
                  ? moved(wave.name(), vm, before, ledger.orElseThrow(), look)
                  : preview(plan, open.peers(), wave.name(), vm, among));
        }
      }
      return previews;
    } finally {
      remove(scratch);
    }
  }

  private static Map<VmRef, VmRecord> known(Optional<Ledger> ledger) {
    return ledger.map(Ledger::vms).orElse(List.of()).stream()
        .collect(Collectors.toMap(VmRecord::ref, Function.identity()));
  }

  private static List<VmPlan> left(Choice chosen, Map<VmRef, VmRecord> known) {
    return chosen.vms().stream()
        .filter(
            vm -> {
              VmRecord before = known.get(vm.ref());
              return before == null || before.state() != VmState.DONE;
            })
        .toList();
  }

  /** A run leaves it alone. */
  private static Preview moved(
      String wave, VmPlan vm, VmRecord before, Ledger ledger, MovedBefore look) {
    List<TargetDisk> disks = ledger.target(vm.ref()).map(TargetVm::disks).orElse(List.of());
    return new Preview(
        wave,
        vm.ref().toString(),
        vm.sourceName(),
        before.target(),
        disks.stream().mapToLong(d -> d.size().bytes()).sum(),
        disks.size(),
        ledger.target(vm.ref()).map(made -> made.nics().size()).orElse(0),
        true,
        look.look(vm, ledger).map(List::of).orElse(List.of()),
        List.of());
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
      findings.addAll(ConvertGuest.findings(vm, plan));
      TargetVm target = mapped.vm();
      findings.addAll(AtSource.foreseen(plan, vm, source.power(), sourceOf(peers, vm)));
      if (source.power() != PowerState.ON) { // else nothing can be read of them yet
        findings.addAll(
            InspectDisks.findings(peers.copier(), snapshot, target, vm.skippedDisks(), findings));
      }
      if (target == null) {
        return new Preview(
            wave,
            vm.ref().toString(),
            vm.sourceName(),
            "",
            source.totalDiskSize().bytes(),
            source.disks().size(),
            source.nics().size(),
            false,
            findings,
            List.of());
      }
      findings.addAll(peers.target().check(target));
      return new Preview(
          wave,
          vm.ref().toString(),
          vm.sourceName(),
          target.path(),
          target.diskBytes(),
          target.disks().size(),
          target.nics().size(),
          false,
          findings,
          ports.renderer().render(target, RUN_ID).stream().map(DryRun::yaml).toList());
    } catch (Failure failure) {
      findings.add(
          Finding.blocker("RUN-001", failure.subject() + ": " + failure.what(), failure.remedy()));
      return new Preview(
          wave, vm.ref().toString(), vm.sourceName(), "", 0, 0, 0, false, findings, List.of());
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
