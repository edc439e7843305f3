package dev.drover.batch.run;

import dev.drover.mappings.failure.EnvironmentFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * PostgreSQL's advisory lock of a plan, held by a connection of its own. The server frees it when
 * that connection ends, so that a worker that was killed holds nothing back.
 */
final class PlanLock implements AutoCloseable {
  /**
   * First key of the two: {@code DROV} in ASCII keeps Drover's locks apart from other programs'.
   */
  private static final int SPACE = 0x44524f56;

  private final Connection connection;
  private final String url;

  PlanLock(DataSource database, String url) {
    this.url = url;
    try {
      this.connection = database.getConnection();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("no connection", e);
    }
  }

  /**
   * Takes it.
   *
   * @throws EnvironmentFailed when another worker has it
   */
  void take(String planKey) {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      lock.setInt(1, SPACE);
      lock.setInt(2, planKey.hashCode());
      try (ResultSet row = lock.executeQuery()) {
        if (row.next() && row.getBoolean(1)) {
          return;
        }
      }
      throw new EnvironmentFailed(
          "plan \"" + planKey + "\"",
          "another worker runs it" + holder(planKey),
          "wait for it, or look at it with \"drover status\" where it runs");
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("cannot lock the plan in " + url, e);
    }
  }

  private String holder(String planKey) throws SQLException {
    String sql =
        "select a.pid, coalesce(host(a.client_addr), 'local') from pg_locks l"
            + " join pg_stat_activity a on a.pid = l.pid"
            + " where l.locktype = 'advisory' and l.granted and l.classid::bigint = ?"
            + " and l.objid::bigint = ?";
    try (PreparedStatement who = connection.prepareStatement(sql)) {
      who.setLong(1, SPACE);
      who.setLong(2, Integer.toUnsignedLong(planKey.hashCode()));
      try (ResultSet row = who.executeQuery()) {
        return row.next()
            ? " (client " + row.getString(2) + ", PostgreSQL process " + row.getInt(1) + ")"
            : "";
      }
    }
  }

  @Override
  public void close() {
    try (Connection last = connection;
        PreparedStatement unlock = last.prepareStatement("select pg_advisory_unlock_all()")) {
      unlock.execute();
    } catch (SQLException e) {
      // The connection is gone, and the lock with it.
      org.slf4j.LoggerFactory.getLogger(PlanLock.class).debug("unlocking", e);
    }
  }
}
