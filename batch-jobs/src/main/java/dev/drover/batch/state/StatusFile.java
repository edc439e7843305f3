package dev.drover.batch.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a run stands, in a file that is always whole, so that {@code drover status} needs neither the
 * database nor the process that holds it.
 */
public final class StatusFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private StatusFile() {}

  /**
   * The state of a run.
   *
   * @param state RUNNING, DONE, FAILED, INTERRUPTED
   */
  public record Status(
      String runId,
      String plan,
      String planFile,
      String state,
      Instant startedAt,
      Instant updatedAt,
      List<VmStatus> vms) {}

  /**
   * The state of a VM.
   *
   * @param percent of what the step copies or verifies, else null
   * @param copiedBytes of its disks, zeros included; null before anything was copied
   * @param verifiedBytes read back at the target; null before
   * @param totalBytes of its disks at the target; null before it is known
   */
  public record VmStatus(
      String wave,
      String vm,
      String name,
      String target,
      String state,
      @Nullable String step,
      @Nullable Integer percent,
      @Nullable Long copiedBytes,
      @Nullable Long verifiedBytes,
      @Nullable Long totalBytes,
      @Nullable String problem,
      @Nullable String remedy) {

    /** One of which nothing more is known than how it stands. */
    public static VmStatus of(String wave, String vm, String name, String target, String state) {
      return new VmStatus(wave, vm, name, target, state, null, null, null, null, null, null, null);
    }

    /** The same in another state and step. */
    public VmStatus in(String newState, @Nullable String newStep) {
      return new VmStatus(
          wave,
          vm,
          name,
          target,
          newState,
          newStep,
          percentOf(newState, newStep),
          copiedBytes,
          verifiedBytes,
          totalBytes,
          null,
          null);
    }

    /** The same with what went wrong. */
    public VmStatus failed(String what, String whatToDo) {
      return new VmStatus(
          wave,
          vm,
          name,
          target,
          state,
          step,
          percent,
          copiedBytes,
          verifiedBytes,
          totalBytes,
          what,
          whatToDo);
    }

    /** The same, now that it is known what it becomes. */
    public VmStatus becoming(String newTarget, @Nullable Long newTotal) {
      return new VmStatus(
              wave,
              vm,
              name,
              newTarget,
              state,
              step,
              percent,
              copiedBytes,
              verifiedBytes,
              newTotal == null ? totalBytes : newTotal,
              problem,
              remedy)
          .counted(copiedBytes, verifiedBytes);
    }

    /** The same with other counts. */
    public VmStatus counted(@Nullable Long copied, @Nullable Long verified) {
      VmStatus other =
          new VmStatus(
              wave,
              vm,
              name,
              target,
              state,
              step,
              null,
              copied,
              verified,
              totalBytes,
              problem,
              remedy);
      return new VmStatus(
          wave,
          vm,
          name,
          target,
          state,
          step,
          other.percentOf(state, step),
          copied,
          verified,
          totalBytes,
          problem,
          remedy);
    }

    private @Nullable Integer percentOf(String inState, @Nullable String inStep) {
      Long part = "verify".equals(inStep) ? verifiedBytes : copiedBytes;
      boolean moves = "copy".equals(inStep) || "verify".equals(inStep);
      if (!inState.equals("RUNNING") || !moves || part == null || totalBytes == null) {
        return null;
      }
      return totalBytes <= 0
          ? 100
          : (int) Math.max(0, Math.min(100, Math.floor(part * 100.0 / totalBytes)));
    }
  }

  /** Replaces the file in one step. */
  public static void write(Path file, Status status) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.write(beside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(status));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Replaces one VM in the file, where file and VM are there. */
  public static void replace(Path file, VmStatus vm) {
    Status was = read(file).orElse(null);
    if (was == null || was.vms().stream().noneMatch(v -> v.vm().equals(vm.vm()))) {
      return;
    }
    List<VmStatus> vms = was.vms().stream().map(v -> v.vm().equals(vm.vm()) ? vm : v).toList();
    try {
      write(
          file,
          new Status(
              was.runId(),
              was.plan(),
              was.planFile(),
              was.state(),
              was.startedAt(),
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              vms));
    } catch (IOException e) {
      throw new EnvironmentFailed(
          file.toString(),
          "cannot write the status",
          "see that the folder can be written to and has space",
          Retry.POINTLESS,
          e);
    }
  }

  /** Empty where no run has begun here. */
  public static Optional<Status> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Status.class));
    } catch (IOException | JacksonException e) {
      throw new EnvironmentFailed(
          file.toString(),
          "cannot read the status",
          "remove this file; \"drover resume\" writes it again",
          Retry.POINTLESS,
          e);
    }
  }
}
