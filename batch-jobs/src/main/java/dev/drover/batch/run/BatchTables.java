package dev.drover.batch.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Spring Batch's tables, which its own scripts create but once. */
final class BatchTables {
  /** Any number that only this class uses. */
  private static final long SCHEMA_LOCK = 0x44524f5653434845L;

  /**
   * Spring Batch asks for a VM's earlier execution by its name before each begins, and its scripts
   * leave the indices to whoever uses them. Without this one the question reads all VMs, for every
   * VM.
   */
  private static final String BY_NAME =
      "create index if not exists drover_step_execution on BATCH_STEP_EXECUTION"
          + " (STEP_NAME, JOB_EXECUTION_ID)";

  private static final String TABLES =
      "select table_name from information_schema.tables where table_schema = ?";

  private static final String SEQUENCES =
      "select sequence_name from information_schema.sequences where sequence_schema = ?";

  private static final List<String> ALL =
      List.of(
          "BATCH_JOB_INSTANCE",
          "BATCH_JOB_EXECUTION",
          "BATCH_JOB_EXECUTION_PARAMS",
          "BATCH_STEP_EXECUTION",
          "BATCH_STEP_EXECUTION_CONTEXT",
          "BATCH_JOB_EXECUTION_CONTEXT",
          "BATCH_STEP_EXECUTION_SEQ",
          "BATCH_JOB_EXECUTION_SEQ",
          "BATCH_JOB_INSTANCE_SEQ");

  private BatchTables() {}

  /**
   * Creates them where they are missing.
   *
   * @param platform {@code h2} or {@code postgresql}
   */
  static void create(DataSource database, String platform) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        if (platform.equals("postgresql")) {
          // Two workers that begin on an empty database take turns; freed at commit.
          connection.createStatement().execute("select pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
        }
        long there = there(connection);
        if (there < ALL.size()) {
          if (there > 0) {
            // H2 commits each table by itself: a process was killed between two of them, before any
            // of them held a row.
            script(connection, "schema-drop-" + platform);
          }
          script(connection, "schema-" + platform);
        }
        try (Statement index = connection.createStatement()) {
          index.execute(BY_NAME);
        }
        connection.commit();
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("cannot create the tables of Spring Batch", e);
    }
  }

  private static void script(Connection connection, String name) {
    ScriptUtils.executeSqlScript(
        connection, new ClassPathResource("org/springframework/batch/core/" + name + ".sql"));
  }

  /** How many of its tables and sequences are there. */
  private static long there(Connection connection) throws SQLException {
    Set<String> found = new HashSet<>();
    for (String question : List.of(TABLES, SEQUENCES)) {
      try (PreparedStatement ask = connection.prepareStatement(question)) {
        ask.setString(1, connection.getSchema());
        try (ResultSet names = ask.executeQuery()) {
          while (names.next()) {
            found.add(names.getString(1).toUpperCase(Locale.ROOT));
          }
        }
      }
    }
    return ALL.stream().filter(found::contains).count();
  }
}
