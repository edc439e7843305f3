package dev.drover.batch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** What both ledgers say to JDBC in the same way. */
final class Sql {
  /** What finds a VM in a table. */
  static final List<String> OF_A_VM = List.of("plan_key", "source", "vm");

  /** What finds a disk of a VM in a table. */
  static final List<String> OF_A_DISK = List.of("plan_key", "source", "vm", "disk");

  private Sql() {}

  /** Creates the ledger's tables where they are missing. */
  static void createTables(DataSource database) {
    new ResourceDatabasePopulator(new ClassPathResource("dev/drover/batch/ledger/ledger.sql"))
        .execute(database);
  }

  static boolean isH2(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("H2");
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("no connection", e);
    }
  }

  /** JDBC takes null, and {@code params(Object...)} does not say so. */
  static List<@Nullable Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  /**
   * Replaces the row with these keys, or adds it. The names are the ledger's own words, never the
   * user's.
   *
   * @param row the columns' values, then the keys'
   */
  static void put(
      JdbcClient jdbc,
      String table,
      List<String> columns,
      List<String> keys,
      List<@Nullable Object> row) {
    String set = String.join(" = ?, ", columns) + " = ?";
    String where = String.join(" = ? and ", keys) + " = ?";
    int changed =
        jdbc.sql("update " + table + " set " + set + " where " + where).params(row).update();
    if (changed == 0) {
      String all = String.join(", ", columns) + ", " + String.join(", ", keys);
      String marks = "?" + ", ?".repeat(row.size() - 1);
      jdbc.sql("insert into " + table + " (" + all + ") values (" + marks + ")")
          .params(row)
          .update();
    }
  }

  /** A column's value. */
  static @Nullable Timestamp timestamp(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  /** From a column's value. */
  static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
