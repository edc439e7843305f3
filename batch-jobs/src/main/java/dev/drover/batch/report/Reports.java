package dev.drover.batch.report;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.report.Assessment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Writes a report: a page, a workbook and a JSON document in one folder. */
public final class Reports {
  private Reports() {}

  /**
   * Refuses a folder in which a report would replace something else; for the start of a command, so
   * that nobody waits for nothing.
   *
   * @throws dev.drover.mappings.failure.UsageFailed naming what is in the way
   */
  public static void check(Path folder) {
    ReportFolder.check(folder);
  }

  /**
   * Writes all three, or nothing.
   *
   * @param vms all of them, candidates or not
   * @param version of Drover, for people
   * @param folder is made, or replaced where it holds a report
   * @throws EnvironmentFailed where it cannot be written
   */
  public static void write(Assessment assessment, VmSpool vms, String version, Path folder) {
    Placements placements = new Placements(assessment.waves());
    try (ReportFolder report = ReportFolder.begin(folder)) {
      vms.flush();
      together(
          () -> {
            new JsonReport(assessment, version).write(vms, report.json());
            new HtmlReport(assessment, placements, version).write(vms, report.page());
          },
          () -> new XlsxReport(assessment, placements, version).write(vms, report.workbook()));
      report.commit();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static EnvironmentFailed failed(Path folder, IOException cause) {
    return new EnvironmentFailed(
        folder.toString(),
        "the report cannot be written",
        "give a folder with -o that you may write to and that has space",
        Retry.POINTLESS,
        cause);
  }

  /** What writes a form of the report. */
  private interface Writing {
    void run() throws IOException;
  }

  /** The workbook takes as long as the rest, and needs nothing of it. */
  private static void together(Writing here, Writing beside) throws IOException {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              beside.run();
              return true;
            });
    Thread thread = new Thread(task, "report.xlsx");
    thread.setDaemon(true);
    thread.start();
    try {
      here.run();
    } finally {
      join(task);
    }
  }

  private static void join(FutureTask<Boolean> task) throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the report was written");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      } else if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
