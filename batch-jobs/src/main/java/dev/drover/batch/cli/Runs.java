package dev.drover.batch.cli;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.run.MigrationRuns;
import dev.drover.batch.run.RunListener;
import dev.drover.batch.run.RunRequest;
import dev.drover.mappings.progress.Progress;
import java.util.List;

/**
 * The door to the runs. It stands between the commands and {@link MigrationRuns}, so that Spring is
 * loaded when a run begins and not before.
 */
interface Runs {
  /** See {@link MigrationRuns#run}. */
  RunSummary run(RunRequest request, Progress progress, RunListener listener);

  /** See {@link MigrationRuns#resume}. */
  RunSummary resume(RunRequest request, Progress progress, RunListener listener);

  /** See {@link MigrationRuns#rollback}. */
  List<MigrationRuns.RolledBack> rollback(
      RunRequest request, Progress progress, RunListener listener);

  /** See {@link MigrationRuns#dryRun}. */
  List<MigrationRuns.Preview> dryRun(RunRequest request);

  /** The real ones. */
  Runs SPRING =
      new Runs() {
        @Override
        public RunSummary run(RunRequest request, Progress progress, RunListener listener) {
          return MigrationRuns.run(request, progress, listener);
        }

        @Override
        public RunSummary resume(RunRequest request, Progress progress, RunListener listener) {
          return MigrationRuns.resume(request, progress, listener);
        }

        @Override
        public List<MigrationRuns.RolledBack> rollback(
            RunRequest request, Progress progress, RunListener listener) {
          return MigrationRuns.rollback(request, progress, listener);
        }

        @Override
        public List<MigrationRuns.Preview> dryRun(RunRequest request) {
          return MigrationRuns.dryRun(request);
        }
      };
}
