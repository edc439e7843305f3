package dev.drover.batch.evidence;

import dev.drover.batch.ledger.SourceRecord;
import dev.drover.batch.ledger.StepRecord;
import dev.drover.converters.CopyResult;
import dev.drover.converters.Verification;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proves that a VM was moved: where it came from, what was read and written with the digests
 * of both, what was done when, what was found, what was made. The file's format is described in
 * docs/evidence.md.
 *
 * @param atSource what was done to the VM at its source
 * @param rolledBack when it was taken back, or null
 */
public record VmEvidence(
    String apiVersion,
    String kind,
    String runId,
    PlanRef plan,
    String wave,
    Source source,
    Target target,
    List<Disk> disks,
    List<StepRecord> steps,
    List<Finding> findings,
    List<ObjectRef> objects,
    List<SourceRecord.Act> atSource,
    Map<String, String> tools,
    Instant finishedAt,
    @Nullable Instant rolledBack) {
  /** The plan, by name and by the digest of its bytes. */
  public record PlanRef(String name, String sha256) {}

  /** The VM at the source. */
  public record Source(
      String source,
      String id,
      String name,
      @Nullable String biosUuid,
      @Nullable String instanceUuid) {}

  /** The VM at the target. */
  public record Target(String namespace, String name) {}

  /**
   * A disk.
   *
   * @param seconds that the copy took
   */
  public record Disk(
      String id,
      String label,
      String claim,
      long sizeBytes,
      double seconds,
      CopyResult copied,
      @Nullable Verification verified) {}

  /** The same, taken back; with all that was done at the source until then. */
  VmEvidence rolledBack(Instant when, List<SourceRecord.Act> acts) {
    return new VmEvidence(
        apiVersion,
        kind,
        runId,
        plan,
        wave,
        source,
        target,
        disks,
        steps,
        findings,
        objects,
        acts,
        tools,
        finishedAt,
        when);
  }
}
