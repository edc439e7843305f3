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
   * @param percent of the disks' bytes while they are copied, else null
   */
  public record VmStatus(
      String wave,
      String vm,
      String name,
      String target,
      String state,
      @Nullable String step,
      @Nullable Integer percent,
      @Nullable String problem,
      @Nullable String remedy) {}

  /** Replaces the file in one step. */
  public static void write(Path file, Status status) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".partial");
    Files.write(beside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(status));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
