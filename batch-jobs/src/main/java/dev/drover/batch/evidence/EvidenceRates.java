package dev.drover.batch.evidence;

import dev.drover.batch.ledger.StepRecord;
import dev.drover.mappings.estimate.MeasuredRates;
import dev.drover.mappings.failure.UsageFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the evidence of VMs that have moved tells of speeds. */
public final class EvidenceRates {
  private static final String DONE = "done";

  private final List<MeasuredRates.Copy> copies = new ArrayList<>();
  private final List<Duration> conversions = new ArrayList<>();
  private final List<Duration> boots = new ArrayList<>();

  private EvidenceRates() {}

  /**
   * Reads every record below a folder; other files there are passed over.
   *
   * @throws UsageFailed where there is no such folder, or where no record in it measured a rate
   */
  public static MeasuredRates read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageFailed(
          folder.toString(),
          "there is no such folder",
          "give the folder \"evidence\" of a run, or leave --rates out");
    }
    EvidenceRates rates = new EvidenceRates();
    EvidenceRecords.each(
        folder, record -> rates.add(EvidenceRecords.JSON.treeToValue(record, VmEvidence.class)));
    MeasuredRates measured = new MeasuredRates(rates.copies, rates.conversions, rates.boots);
    if (measured.isEmpty()) {
      throw new UsageFailed(
          folder.toString(),
          "holds no record of a VM with a copy of 64 MiB or more, so nothing was measured",
          "give the folder \"evidence\" of a run that copied VMs, or leave --rates out");
    }
    return measured;
  }

  /** The copies of a VM's disks run at once and end with their step. */
  private void add(VmEvidence vm) {
    @Nullable Instant started = null;
    for (StepRecord step : vm.steps()) {
      Instant ended = step.ended();
      if (ended == null || !step.outcome().equals(DONE)) {
        continue;
      }
      switch (step.step()) {
        case "copy" -> vm.disks().forEach(disk -> copy(disk, ended));
        case "convert" -> conversions.add(Duration.between(step.started(), ended));
        case "start" -> started = step.started();
        case "check" -> {
          if (started != null) {
            boots.add(Duration.between(started, ended));
          }
        }
        default -> {
          // The other steps take no time that an estimate asks for.
        }
      }
    }
  }

  private void copy(VmEvidence.Disk disk, Instant ended) {
    long millis = Math.max(1, Math.round(disk.seconds() * 1000));
    copies.add(new MeasuredRates.Copy(disk.copied().dataBytes(), ended.minusMillis(millis), ended));
  }
}
