package dev.drover.batch.cli;

import dev.drover.mappings.assess.Assessor;
import dev.drover.mappings.assess.EstateTotals;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.inventory.InventoryReader;
import dev.drover.mappings.inventory.Notice;
import dev.drover.mappings.inventory.Unreadable;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.policy.MigrationPolicy;
import dev.drover.mappings.profile.TargetProfile;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * What an inventory file holds, after two passes over it.
 *
 * @param vms what the planner keeps of each, in the order of the file
 * @param ofSources what was found of sources as a whole; it is among the notices, too
 * @param digest SHA-256 in hexadecimal over the file's bytes
 */
record TwoPasses(
    List<SourceSpec> sources,
    List<WaveVm> vms,
    List<EstatePart> estate,
    List<Unreadable> unreadable,
    List<Notice> notices,
    EstateTotals totals,
    List<Finding> ofSources,
    String digest) {

  /** A VM of the file. */
  record Judged(SourceVm vm, VmAssessment assessed, WaveVm kept) {}

  /**
   * Reads the file twice and judges each VM in the second pass.
   *
   * @param now its day decides what has expired, in the time zone of this machine
   * @param take gets each VM once, in the order of the file, on this thread
   */
  static TwoPasses over(Path inventory, PlanningFiles files, Instant now, Consumer<Judged> take) {
    MigrationPolicy policy = files.policy().policy();
    TargetProfile profile = files.profile();
    Assessor assessor =
        Assessor.of(policy, profile, LocalDate.ofInstant(now, ZoneId.systemDefault()));
    // Beside the first pass, which waits for its reader most of the time.
    CompletableFuture<String> digest = new CompletableFuture<>();
    List<EstatePart> estate;
    List<Unreadable> unreadable;
    List<Notice> notices;
    List<SourceSpec> sources;
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      digest.completeAsync(() -> digest(inventory));
      ReadAhead.each(reader, vm -> vm, assessor::observe);
      sources = List.copyOf(reader.sources());
      estate = reader.estate();
      unreadable = reader.unreadable();
      notices = reader.notices();
    }
    assessor.observed(estate);
    List<Finding> ofSources = assessor.ofSources();
    notices = new ArrayList<>(notices);
    for (Finding finding : ofSources) {
      notices.add(new Notice("the sources", finding));
    }
    List<WaveVm> vms = new ArrayList<>();
    try (InventoryReader reader = InventoryReader.open(inventory)) {
      ReadAhead.each(
          reader,
          vm -> {
            VmAssessment assessed = assessor.assess(vm);
            return new Judged(vm, assessed, WaveVm.of(vm, assessed, policy, profile));
          },
          judged -> {
            assessor.count(judged.assessed());
            vms.add(judged.kept());
            take.accept(judged);
          });
    }
    return new TwoPasses(
        sources, vms, estate, unreadable, notices, assessor.totals(), ofSources, value(digest));
  }

  private static String value(CompletableFuture<String> digest) {
    try {
      return digest.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  /** SHA-256 over a file. */
  static String digest(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new EnvironmentFailed(
          file.toString(), "cannot be read", "check it", Retry.WORTHWHILE, e);
    }
  }
}
