package dev.drover.batch.run;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
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
        if (!there(connection)) {
          ScriptUtils.executeSqlScript(
              connection,
              new ClassPathResource("org/springframework/batch/core/schema-" + platform + ".sql"));
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

  private static boolean there(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String name = "BATCH_JOB_INSTANCE";
    String stored = about.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
    try (ResultSet tables =
        about.getTables(
            null, connection.getSchema(), stored, new String[] {"TABLE", "BASE TABLE"})) {
      return tables.next();
    }
  }
}
