package dev.drover.batch.cli;

import dev.drover.batch.report.VmSpool;
import dev.drover.mappings.assess.Assessor;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.estimate.Copied;
import dev.drover.mappings.estimate.EstateEstimate;
import dev.drover.mappings.estimate.EstimateEstate;
import dev.drover.mappings.estimate.Rates;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.inventory.Notice;
import dev.drover.mappings.inventory.Unreadable;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.report.Assessment;
import dev.drover.mappings.sizing.EstateSizing;
import dev.drover.mappings.sizing.SizeEstate;
import dev.drover.mappings.waves.PlanWaves;
import dev.drover.mappings.waves.Planning;
import dev.drover.mappings.waves.WavePlan;
import dev.drover.mappings.waves.WaveVm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Judges the VMs of an inventory file, and plans, sizes and estimates what moves. Reads the file
 * twice; keeps of each VM what the planner keeps.
 */
final class AssessEstate {
  private final Path inventory;
  private final MigrationPolicy policy;
  private final TargetProfile profile;
  private final Rates rates;
  private final Instant now;
  private final List<WaveVm> vms = new ArrayList<>();
  private List<EstatePart> estate = List.of();
  private List<Unreadable> unreadable = List.of();
  private List<Notice> notices = List.of();

  AssessEstate(
      Path inventory, MigrationPolicy policy, TargetProfile profile, Rates rates, Instant now) {
    this.inventory = inventory;
    this.policy = policy;
    this.profile = profile;
    this.rates = rates;
    this.now = now;
  }

  /** Judges, and leaves the VMs in the spool. */
  Assessment into(VmSpool spool) {
    Assessor assessor =
        Assessor.of(policy, profile, LocalDate.ofInstant(now, ZoneId.systemDefault()));
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      reader.vms().forEach(assessor::observe);
      estate = reader.estate();
      unreadable = reader.unreadable();
      notices = reader.notices();
    }
    assessor.observed(estate);
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      reader
          .vms()
          .forEach(
              vm -> {
                VmAssessment assessed = assessor.assess(vm);
                spool.add(assessed);
                vms.add(WaveVm.of(vm, assessed, policy, profile));
              });
    }
    List<WaveVm> moving = vms.stream().filter(vm -> vm.stays() == null).toList();
    return new Assessment(
        now,
        String.valueOf(inventory.getFileName()),
        digest(),
        policy,
        profile,
        assessor.totals(),
        unreadable,
        withOurs(notices),
        sizing(moving),
        estimate(moving),
        waves());
  }

  private EstateSizing sizing(List<WaveVm> moving) {
    return SizeEstate.of(moving.stream().map(WaveVm::facts).toList(), estate, policy, profile);
  }

  private EstateEstimate estimate(List<WaveVm> moving) {
    List<Copied> copies = moving.stream().map(WaveVm::copied).toList();
    return EstimateEstate.of(copies, rates, policy.waves().caps());
  }

  private WavePlan waves() {
    return PlanWaves.of(vms, new Planning(policy, profile, rates, now, List.of(), List.of()));
  }

  /** What is not looked at here is said, and not swallowed. */
  private List<Notice> withOurs(List<Notice> others) {
    String file = policy.waves().dependenciesFile();
    if (file == null) {
      return others;
    }
    List<Notice> all = new ArrayList<>(others);
    all.add(
        new Notice(
            "policy " + policy.name(),
            Finding.warning(
                "WAVE-020",
                "the waves of the report do not heed the file of dependencies " + file,
                "take the waves from \"drover plan\", which reads it")));
    return all;
  }

  private String digest() {
    try (InputStream in = Files.newInputStream(inventory)) {
      DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new EnvironmentFailed(
          inventory.toString(), "cannot be read", "check it", Retry.WORTHWHILE, e);
    }
  }
}
