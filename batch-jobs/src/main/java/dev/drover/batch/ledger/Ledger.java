package dev.drover.batch.ledger;

import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.VmRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done, in the same database as Spring Batch's tables. Spring Batch says which partition
 * of which job is finished; the ledger says what that means for a VM, whichever run it was in.
 *
 * <p>A plan's VMs are found under the plan's key (its name and its target), so that a plan that was
 * edited still knows which VMs it has moved. Safe for use by several threads and processes.
 */
public final class Ledger {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private static final TypeReference<List<ObjectRef>> OBJECTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final String planKey;

  /** For one plan; the tables are created where they are missing. */
  public Ledger(DataSource database, String planKey) {
    this.jdbc = JdbcClient.create(database);
    this.planKey = planKey;
    new ResourceDatabasePopulator(new ClassPathResource("dev/drover/batch/ledger/ledger.sql"))
        .execute(database);
  }

  /** Writes a new run. */
  public void begin(RunRecord run) {
    jdbc.sql(
            "insert into drover_run (id, plan_key, plan_digest, plan_file, waves, vms, state, started)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            values(
                run.id(),
                run.planKey(),
                run.planDigest(),
                run.planFile(),
                JSON.writeValueAsString(run.waves()),
                JSON.writeValueAsString(run.vms()),
                run.state(),
                Timestamp.from(run.started())))
        .update();
  }

  /** Changes the state of a run. */
  public void runState(String runId, String state, @Nullable Instant ended) {
    jdbc.sql("update drover_run set state = ?, ended = ? where id = ?")
        .params(values(state, ended == null ? null : Timestamp.from(ended), runId))
        .update();
  }

  /** The latest run in the database, whatever its plan. */
  public static Optional<RunRecord> latestRun(DataSource database) {
    new ResourceDatabasePopulator(new ClassPathResource("dev/drover/batch/ledger/ledger.sql"))
        .execute(database);
    return JdbcClient.create(database)
        .sql("select * from drover_run order by started desc, id desc fetch first 1 row only")
        .query(Ledger::run)
        .optional();
  }

  /** Runs of this plan that are not DONE, latest first. */
  public List<RunRecord> unfinishedRuns() {
    return jdbc.sql(
            "select * from drover_run where plan_key = ? and state <> 'DONE'"
                + " order by started desc, id desc")
        .param(planKey)
        .query(Ledger::run)
        .list();
  }

  private static RunRecord run(ResultSet row, int number) throws SQLException {
    Timestamp ended = row.getTimestamp("ended");
    return new RunRecord(
        row.getString("id"),
        row.getString("plan_key"),
        row.getString("plan_digest"),
        row.getString("plan_file"),
        JSON.readValue(row.getString("waves"), STRINGS),
        JSON.readValue(row.getString("vms"), STRINGS),
        row.getString("state"),
        row.getTimestamp("started").toInstant(),
        ended == null ? null : ended.toInstant());
  }

  /** Writes how a VM stands; replaces what was there. */
  public void put(VmRecord vm) {
    int changed =
        jdbc.sql(
                "update drover_vm set run_id = ?, wave = ?, name = ?, target = ?, state = ?, step = ?,"
                    + " problem = ?, remedy = ?, updated = ?"
                    + " where plan_key = ? and source = ? and vm = ?")
            .params(
                values(
                    vm.runId(),
                    vm.wave(),
                    vm.name(),
                    vm.target(),
                    vm.state().name(),
                    vm.step(),
                    vm.problem(),
                    vm.remedy(),
                    Timestamp.from(vm.updated()),
                    planKey,
                    vm.ref().source(),
                    vm.ref().id()))
            .update();
    if (changed == 0) {
      jdbc.sql(
              "insert into drover_vm (run_id, wave, name, target, state, step, problem, remedy,"
                  + " updated, plan_key, source, vm) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              values(
                  vm.runId(),
                  vm.wave(),
                  vm.name(),
                  vm.target(),
                  vm.state().name(),
                  vm.step(),
                  vm.problem(),
                  vm.remedy(),
                  Timestamp.from(vm.updated()),
                  planKey,
                  vm.ref().source(),
                  vm.ref().id()))
          .update();
    }
  }

  /** How a VM stands; empty where this plan has never touched it. */
  public Optional<VmRecord> vm(VmRef ref) {
    return jdbc.sql("select * from drover_vm where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .query(Ledger::vm)
        .optional();
  }

  /** All VMs that this plan has touched. */
  public List<VmRecord> vms() {
    return jdbc.sql("select * from drover_vm where plan_key = ? order by source, vm")
        .param(planKey)
        .query(Ledger::vm)
        .list();
  }

  private static VmRecord vm(ResultSet row, int number) throws SQLException {
    return new VmRecord(
        new VmRef(row.getString("source"), row.getString("vm")),
        row.getString("run_id"),
        row.getString("wave"),
        row.getString("name"),
        row.getString("target"),
        VmState.valueOf(row.getString("state")),
        row.getString("step"),
        row.getString("problem"),
        row.getString("remedy"),
        row.getTimestamp("updated").toInstant());
  }

  /** Notes that a try at a step begins. */
  public void stepBegins(VmRef ref, StepRecord step) {
    jdbc.sql(
            "insert into drover_step (plan_key, source, vm, run_id, step, attempt, started, outcome)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            values(
                planKey,
                ref.source(),
                ref.id(),
                step.runId(),
                step.step(),
                step.attempt(),
                Timestamp.from(step.started()),
                step.outcome()))
        .update();
  }

  /** Notes how that try ended. */
  public void stepEnds(VmRef ref, StepRecord step) {
    jdbc.sql(
            "update drover_step set ended = ?, outcome = ? where plan_key = ? and source = ?"
                + " and vm = ? and step = ? and started = ?")
        .params(
            values(
                step.ended() == null ? null : Timestamp.from(step.ended()),
                step.outcome(),
                planKey,
                ref.source(),
                ref.id(),
                step.step(),
                Timestamp.from(step.started())))
        .update();
  }

  /** Every try at every step of a VM, in order. */
  public List<StepRecord> steps(VmRef ref) {
    return jdbc.sql(
            "select * from drover_step where plan_key = ? and source = ? and vm = ? order by number")
        .params(values(planKey, ref.source(), ref.id()))
        .query(
            (row, n) -> {
              Timestamp ended = row.getTimestamp("ended");
              return new StepRecord(
                  row.getString("run_id"),
                  row.getString("step"),
                  row.getInt("attempt"),
                  row.getTimestamp("started").toInstant(),
                  ended == null ? null : ended.toInstant(),
                  row.getString("outcome"));
            })
        .list();
  }

  /** Notes a disk; replaces what was there. */
  public void put(VmRef ref, DiskRecord disk) {
    jdbc.sql("delete from drover_disk where plan_key = ? and source = ? and vm = ? and disk = ?")
        .params(values(planKey, ref.source(), ref.id(), disk.diskId()))
        .update();
    jdbc.sql("insert into drover_disk (plan_key, source, vm, disk, record) values (?, ?, ?, ?, ?)")
        .params(
            values(planKey, ref.source(), ref.id(), disk.diskId(), JSON.writeValueAsString(disk)))
        .update();
  }

  /** The disks of a VM that were copied. */
  public List<DiskRecord> disks(VmRef ref) {
    return jdbc.sql(
            "select record from drover_disk where plan_key = ? and source = ? and vm = ? order by disk")
        .params(values(planKey, ref.source(), ref.id()))
        .query((row, n) -> JSON.readValue(row.getString(1), DiskRecord.class))
        .list();
  }

  /** Notes what was made for a VM. */
  public void objects(VmRef ref, List<ObjectRef> made) {
    jdbc.sql("delete from drover_object where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .update();
    jdbc.sql("insert into drover_object (plan_key, source, vm, objects) values (?, ?, ?, ?)")
        .params(values(planKey, ref.source(), ref.id(), JSON.writeValueAsString(made)))
        .update();
  }

  /** What was made for a VM; empty where nothing was. */
  public List<ObjectRef> objects(VmRef ref) {
    return jdbc.sql(
            "select objects from drover_object where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .query((row, n) -> JSON.readValue(row.getString(1), OBJECTS))
        .optional()
        .orElse(List.of());
  }

  /** Forgets a disk, so that it is copied again. */
  public void forgetDisk(VmRef ref, String diskId) {
    jdbc.sql("delete from drover_disk where plan_key = ? and source = ? and vm = ? and disk = ?")
        .params(values(planKey, ref.source(), ref.id(), diskId))
        .update();
  }

  /** Forgets what a VM has at the target: it was rolled back. */
  public void forgetTarget(VmRef ref) {
    for (String table : List.of("drover_disk", "drover_object")) {
      jdbc.sql("delete from " + table + " where plan_key = ? and source = ? and vm = ?")
          .params(values(planKey, ref.source(), ref.id()))
          .update();
    }
  }

  /** JDBC takes null, and {@code params(Object...)} does not say so. */
  private static List<@Nullable Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }
}
