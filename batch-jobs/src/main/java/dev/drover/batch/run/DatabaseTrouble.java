package dev.drover.batch.run;

import dev.drover.batch.state.StateDirectory;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a failure of the job repository means. */
final class DatabaseTrouble {
  // H2's org.h2.api.ErrorCode; not on the compile path everywhere, and stable since 2010.
  private static final int ALREADY_OPEN = 90020;
  private static final int CORRUPTED = 90030;
  private static final int WRONG_VERSION = 90048;
  private static final int WRONG_USER = 28000;
  private static final int IO_EXCEPTION = 90028;
  private static final int IO_EXCEPTION_ON = 90031;
  private static final int GENERAL_ERROR = 50000;

  /**
   * Where nothing is in the way of writing: of a file that is cut off H2 says that it cannot read.
   */
  private static final Set<Integer> DAMAGE =
      Set.of(CORRUPTED, WRONG_VERSION, WRONG_USER, IO_EXCEPTION, IO_EXCEPTION_ON, GENERAL_ERROR);

  /** Bytes that a disk with room takes; the database writes less at once. */
  private static final int TRIAL = 1 << 20;

  private DatabaseTrouble() {}

  /** A failure that is one already stays what it is. */
  static Failure explain(StateDirectory state, @Nullable String url, RuntimeException e) {
    if (e instanceof Failure failure) {
      return failure;
    }
    SQLException sql = sqlOf(e);
    if (url != null) {
      return new EnvironmentFailed(
          "the database " + url,
          "cannot be used" + text(sql),
          "see that the server is there, that DROVER_DB_USERNAME and DROVER_DB_PASSWORD are right"
              + " and that the user may create tables",
          Retry.WORTHWHILE,
          null);
    }
    String file = state.folder().resolve("jobs.mv.db").toString();
    int code = sql == null ? 0 : sql.getErrorCode();
    if (code == ALREADY_OPEN) {
      return new EnvironmentFailed(
          file,
          "another program has this database open",
          "end that program, or use another folder with --state");
    }
    String inTheWay = inTheWay(state, e);
    if (inTheWay == null && DAMAGE.contains(code)) {
      return new EnvironmentFailed(
          file,
          "is damaged or no database of this version of Drover" + text(sql),
          "put back a copy of the state directory; or move this file away, take each VM that is at"
              + " the target back with \"drover rollback PLAN --vm NAME\", and run the plan again:"
              + " its disks are then copied once more",
          Retry.POINTLESS,
          null);
    }
    return new EnvironmentFailed(
        file,
        "the job repository cannot be read or written"
            + (inTheWay == null ? text(sql) : " (" + inTheWay + ")"),
        "see that the disk has space and that the folder is yours, then run \"drover resume\"",
        Retry.POINTLESS,
        sql == null ? e : null);
  }

  /** What the file system says, where it says something: the database closes itself after that. */
  private static @Nullable String inTheWay(StateDirectory state, Throwable e) {
    for (Throwable one = e; one != null; one = one.getCause()) {
      if (one instanceof IOException io && io.getMessage() != null) {
        return io.getMessage();
      }
    }
    return writing(state.folder());
  }

  /** What comes of writing there now; null when nothing is in the way. */
  private static @Nullable String writing(Path folder) {
    Path trial = folder.resolve(".drover-trial");
    try {
      try {
        Files.write(trial, new byte[TRIAL]);
      } finally {
        Files.deleteIfExists(trial);
      }
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static String text(@Nullable SQLException sql) {
    if (sql == null || sql.getMessage() == null) {
      return "";
    }
    // H2 appends the statement and its error code; what stands before says what it is.
    String what = sql.getMessage().split("; SQL statement|\n", 2)[0];
    return " (" + what + ")";
  }

  /** The first with an error code of H2, or the innermost: PostgreSQL's have texts and no codes. */
  private static @Nullable SQLException sqlOf(Throwable e) {
    SQLException innermost = null;
    for (Throwable one = e; one != null; one = one.getCause()) {
      if (one instanceof SQLException sql) {
        innermost = sql;
        if (sql.getErrorCode() != 0) {
          return sql;
        }
      }
    }
    return innermost;
  }
}
