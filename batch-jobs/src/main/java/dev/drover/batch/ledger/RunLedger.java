package dev.drover.batch.ledger;

import static dev.drover.batch.ledger.Sql.values;

import dev.drover.converters.Engine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The runs in a database, of whatever plan. Safe for use by several threads and processes. */
public final class RunLedger {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  /** The tables are created where they are missing. */
  public RunLedger(DataSource database) {
    this.jdbc = JdbcClient.create(database);
    Sql.createTables(database);
  }

  /** Writes a new run. */
  public void begin(RunRecord run) {
    jdbc.sql(
            "insert into drover_run (id, plan_key, plan_digest, plan_file, folder, waves, vms,"
                + " engine, state, started) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            values(
                run.id(),
                run.planKey(),
                run.planDigest(),
                run.planFile(),
                run.folder(),
                JSON.writeValueAsString(run.waves()),
                JSON.writeValueAsString(run.vms()),
                run.engine().name(),
                run.state(),
                Sql.timestamp(run.started())))
        .update();
  }

  /**
   * Changes the state of a run.
   *
   * @param ended null while it is at work
   */
  public void state(String runId, String state, @Nullable Instant ended) {
    jdbc.sql("update drover_run set state = ?, ended = ? where id = ?")
        .params(values(state, Sql.timestamp(ended), runId))
        .update();
  }

  /** Changes who reads images from now on. */
  public void engine(String runId, Engine engine) {
    jdbc.sql("update drover_run set engine = ? where id = ?")
        .params(values(engine.name(), runId))
        .update();
  }

  /** Runs of older versions have none. */
  private static Engine engine(@Nullable String name) {
    return name == null ? Engine.DROVER : Engine.valueOf(name);
  }

  /** The latest run, whatever its plan; empty where there was none. */
  public Optional<RunRecord> latest() {
    return jdbc.sql(
            "select * from drover_run order by started desc, id desc fetch first 1 row only")
        .query(RunLedger::run)
        .optional();
  }

  /** The latest run of a plan; empty where there was none. */
  public Optional<RunRecord> latest(String planKey) {
    return jdbc.sql(
            "select * from drover_run where plan_key = ?"
                + " order by started desc, id desc fetch first 1 row only")
        .param(planKey)
        .query(RunLedger::run)
        .optional();
  }

  /**
   * The latest run of the same plan, unedited, that is not done: of which another run took a wave
   * or a VM by name.
   */
  public Optional<RunRecord> unfinishedOf(RunRecord run) {
    return jdbc.sql(
            "select * from drover_run where plan_key = ? and plan_digest = ? and state <> 'DONE'"
                + " order by started desc, id desc fetch first 1 row only")
        .param(run.planKey())
        .param(run.planDigest())
        .query(RunLedger::run)
        .optional();
  }

  /** The ids of all runs of a plan. */
  public Set<String> ids(String planKey) {
    return jdbc.sql("select id from drover_run where plan_key = ?")
        .param(planKey)
        .query(String.class)
        .set();
  }

  private static RunRecord run(ResultSet row, int number) throws SQLException {
    return new RunRecord(
        row.getString("id"),
        row.getString("plan_key"),
        row.getString("plan_digest"),
        row.getString("plan_file"),
        row.getString("folder"),
        JSON.readValue(row.getString("waves"), STRINGS),
        JSON.readValue(row.getString("vms"), STRINGS),
        engine(row.getString("engine")),
        row.getString("state"),
        row.getTimestamp("started").toInstant(),
        Sql.instant(row.getTimestamp("ended")));
  }
}
