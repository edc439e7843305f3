package dev.drover.batch.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.batch.ledger.DiskRecord;
import dev.drover.batch.ledger.SourceRecord;
import dev.drover.batch.ledger.StepRecord;
import dev.drover.batch.steps.RunContext;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes evidence: one JSON a VM, and a summary a run. A file is whole or not there. */
public final class EvidenceFolder {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The version of these documents. */
  public static final String API_VERSION = "drover.dev/v1alpha1";

  private final Path folder;
  private final Map<String, String> tools;

  /**
   * Touches nothing yet.
   *
   * @param tools versions of the programs that take part, by name
   */
  public EvidenceFolder(Path folder, Map<String, String> tools) {
    this.folder = folder;
    this.tools = Map.copyOf(tools);
  }

  /** Where the evidence of a VM is. */
  public Path fileOf(TargetVm vm) {
    return folder.resolve(vm.namespace()).resolve(vm.name() + ".json");
  }

  /** Writes the evidence of a VM that has arrived. */
  public void write(RunContext context, VmPlan vmPlan, SourceVm vm, TargetVm target) {
    List<VmEvidence.Disk> disks =
        context.ledger().disks(vmPlan.ref()).stream().map(d -> disk(vm, d)).toList();
    write(
        fileOf(target),
        new VmEvidence(
            API_VERSION,
            "VmEvidence",
            context.runId(),
            new VmEvidence.PlanRef(context.plan().name(), context.plan().digest()),
            context.wave(),
            new VmEvidence.Source(
                vmPlan.ref().source(),
                vmPlan.ref().id(),
                vm.name(),
                vm.identity().biosUuid(),
                vm.identity().instanceUuid()),
            new VmEvidence.Target(target.namespace(), target.name()),
            disks,
            withoutThisOne(context.ledger().steps(vmPlan.ref())),
            findings(context, vmPlan),
            context.ledger().objects(vmPlan.ref()),
            context.ledger().source(vmPlan.ref()).map(SourceRecord::acts).orElse(List.of()),
            tools,
            now(),
            null));
  }

  /** What was found when the VM was prepared, and what its copies warned of. */
  private static List<Finding> findings(RunContext context, VmPlan vm) {
    List<Finding> all = new ArrayList<>(context.ledger().findings(vm.ref()));
    for (DiskRecord disk : context.ledger().disks(vm.ref())) {
      for (String warning : disk.copied().warnings()) {
        all.add(
            Finding.warning("COPY-001", warning, "see that it is what you expect of this disk")
                .with(disk.claim()));
      }
    }
    return all;
  }

  /** The step that writes the evidence has no end yet and would look like one that was killed. */
  private static List<StepRecord> withoutThisOne(List<StepRecord> steps) {
    boolean open = !steps.isEmpty() && steps.get(steps.size() - 1).ended() == null;
    return open ? steps.subList(0, steps.size() - 1) : steps;
  }

  private static VmEvidence.Disk disk(SourceVm vm, DiskRecord record) {
    String label =
        vm.disks().stream()
            .filter(d -> d.id().equals(record.diskId()))
            .map(SourceDisk::label)
            .findFirst()
            .orElse(record.diskId());
    return new VmEvidence.Disk(
        record.diskId(),
        label,
        record.claim(),
        record.copied().size(),
        record.seconds(),
        record.copied(),
        record.verified());
  }

  /**
   * Notes in the evidence of a VM, if there is one, that it was taken back. Never fails: what was
   * removed is gone, and a roll back that could not end would be tried again for ever.
   *
   * @param acts all that was done to it at the source
   * @return why the evidence does not say so and is as it was; null where all is well
   */
  public @Nullable String rolledBack(TargetVm vm, List<SourceRecord.Act> acts) {
    Path file = fileOf(vm);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return left(file, "is a link, or no regular file");
    }
    try {
      VmEvidence old = JSON.readValue(Files.readAllBytes(file), VmEvidence.class);
      write(file, old.rolledBack(now(), acts));
      return null;
    } catch (JacksonException e) {
      return left(file, "is damaged");
    } catch (IOException | EnvironmentFailed e) {
      return left(file, "cannot be read or written (" + e.getMessage() + ")");
    }
  }

  private static String left(Path file, String what) {
    return "the evidence file "
        + file
        + " "
        + what
        + " and was left as it was: it does not say that the VM was taken back";
  }

  /** Writes the summary of a run. */
  public Path write(RunSummary summary) {
    Path file = folder.resolve("run-" + summary.runId() + ".json");
    write(file, summary);
    return file;
  }

  private void write(Path file, Object document) {
    Path beside = file.resolveSibling(file.getFileName() + ".partial");
    refuseLinks(file);
    try {
      Files.createDirectories(file.getParent());
      // Deleted first, so that a link that somebody laid there is not written through.
      Files.deleteIfExists(beside);
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(document));
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException alsoThis) {
        e.addSuppressed(alsoThis);
      }
      throw failed(file, e);
    }
  }

  /** The target's folder may be a link that its owner made; what is below was made by Drover. */
  private void refuseLinks(Path file) {
    for (Path at = file.getParent(); at != null && at.startsWith(folder); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw new EnvironmentFailed(
            at.toString(),
            "is a link, and evidence is not written to where it leads",
            "remove the link, then run \"drover resume\"");
      }
    }
  }

  private static EnvironmentFailed failed(Path file, Exception cause) {
    return new EnvironmentFailed(
        file.toString(),
        "cannot write the evidence",
        "see that the folder can be written to and has space, then run \"drover resume\"",
        Retry.POINTLESS,
        cause);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
