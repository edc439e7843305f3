package dev.drover.batch.ledger;

import static dev.drover.batch.ledger.Sql.values;

import dev.drover.converters.CopyCheckpoint;
import dev.drover.kube.MigrationTarget.ObjectRef;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
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
  private static final List<String> VM =
      List.of("run_id", "wave", "name", "target", "state", "step", "problem", "remedy", "updated");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
  private static final TypeReference<List<ObjectRef>> OBJECTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final String planKey;
  private final boolean embedded;

  private Ledger(DataSource database, String planKey, boolean embedded) {
    this.jdbc = JdbcClient.create(database);
    this.planKey = planKey;
    this.embedded = embedded;
  }

  /** For one plan; the tables are created where they are missing. */
  public Ledger(DataSource database, String planKey) {
    this(database, planKey, Sql.isH2(database));
    Sql.createTables(database);
  }

  /** For one plan, on a database that is only read; its tables are there. */
  public static Ledger reading(DataSource database, String planKey) {
    return new Ledger(database, planKey, false);
  }

  /**
   * Makes durable at once what H2 would write within a tenth of a second. Called after work that
   * nobody wants to see done again; PostgreSQL is durable at each commit.
   */
  public void harden() {
    if (embedded) {
      jdbc.sql("checkpoint").update();
    }
  }

  /** Writes how a VM stands; replaces what was there. */
  public void put(VmRecord vm) {
    List<@Nullable Object> row =
        values(
            vm.runId(),
            vm.wave(),
            vm.name(),
            vm.target(),
            vm.state().name(),
            vm.step(),
            vm.problem(),
            vm.remedy(),
            Sql.timestamp(vm.updated()),
            planKey,
            vm.ref().source(),
            vm.ref().id());
    Sql.put(jdbc, "drover_vm", VM, Sql.OF_A_VM, row);
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

  /** Notes that a try at a step begins; returns what {@link #stepEnds} wants. */
  public long stepBegins(VmRef ref, StepRecord step) {
    KeyHolder key = new GeneratedKeyHolder();
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
                Sql.timestamp(step.started()),
                step.outcome()))
        .update(key, "id");
    Number id = key.getKey();
    if (id == null) {
      throw new IllegalStateException("the database gave no key");
    }
    return id.longValue();
  }

  /** Notes how that try ended. */
  public void stepEnds(long id, Instant ended, String outcome) {
    jdbc.sql("update drover_step set ended = ?, outcome = ? where id = ?")
        .params(values(Sql.timestamp(ended), outcome, id))
        .update();
  }

  /**
   * Says of the tries that have no end that their process was killed. For those who hold the lock,
   * before they begin anything.
   */
  public void endKilledSteps() {
    jdbc.sql("update drover_step set outcome = 'killed' where plan_key = ? and ended is null")
        .params(values(planKey))
        .update();
  }

  /** Every try at every step of a VM, in order. */
  public List<StepRecord> steps(VmRef ref) {
    return jdbc.sql(
            "select * from drover_step where plan_key = ? and source = ? and vm = ? order by id")
        .params(values(planKey, ref.source(), ref.id()))
        .query(
            (row, n) ->
                new StepRecord(
                    row.getString("run_id"),
                    row.getString("step"),
                    row.getInt("attempt"),
                    row.getTimestamp("started").toInstant(),
                    Sql.instant(row.getTimestamp("ended")),
                    row.getString("outcome")))
        .list();
  }

  /** Notes a disk; replaces what was there. */
  public void put(VmRef ref, DiskRecord disk) {
    List<@Nullable Object> row =
        values(JSON.writeValueAsString(disk), planKey, ref.source(), ref.id(), disk.diskId());
    Sql.put(jdbc, "drover_disk", List.of("record"), Sql.OF_A_DISK, row);
  }

  /** The disks of a VM that were copied. */
  public List<DiskRecord> disks(VmRef ref) {
    return jdbc.sql(
            "select record from drover_disk where plan_key = ? and source = ? and vm = ? order by disk")
        .params(values(planKey, ref.source(), ref.id()))
        .query((row, n) -> JSON.readValue(row.getString(1), DiskRecord.class))
        .list();
  }

  /** Where the copy of a disk keeps how far it is. */
  public CopyCheckpoint checkpoint(VmRef ref, String diskId) {
    return new DiskCheckpoint(jdbc, this::harden, planKey, ref, diskId);
  }

  /** Notes what was made for a VM. */
  public void objects(VmRef ref, List<ObjectRef> made) {
    note(ref, "objects", JSON.writeValueAsString(made));
  }

  /** Notes what a VM becomes at the target, before anything is made there. */
  public void target(VmRef ref, TargetVm vm) {
    note(ref, "target_vm", TargetVmJson.write(vm));
  }

  /** What a VM was to become when it was worked on last; empty where it never got so far. */
  public Optional<TargetVm> target(VmRef ref) {
    return noted(ref, "target_vm").map(TargetVmJson::read);
  }

  /** Notes what the steps found, for the evidence. */
  public void findings(VmRef ref, List<Finding> found) {
    note(ref, "findings", JSON.writeValueAsString(found));
  }

  /** What the steps found. */
  public List<Finding> findings(VmRef ref) {
    return noted(ref, "findings").map(text -> JSON.readValue(text, FINDINGS)).orElse(List.of());
  }

  /** The column is one of this class's own words, never the user's. */
  private void note(VmRef ref, String column, String text) {
    List<@Nullable Object> row = values(text, planKey, ref.source(), ref.id());
    Sql.put(jdbc, "drover_note", List.of(column), Sql.OF_A_VM, row);
  }

  private Optional<String> noted(VmRef ref, String column) {
    return jdbc.sql(
            "select " + column + " from drover_note where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(Function.identity());
  }

  /** What was made for a VM; empty where nothing was. */
  public List<ObjectRef> objects(VmRef ref) {
    return noted(ref, "objects").map(text -> JSON.readValue(text, OBJECTS)).orElse(List.of());
  }

  /** Notes how a VM was found at the source and what was done to it there. */
  public void source(VmRef ref, SourceRecord record) {
    List<@Nullable Object> row =
        values(JSON.writeValueAsString(record), planKey, ref.source(), ref.id());
    Sql.put(jdbc, "drover_source", List.of("record"), Sql.OF_A_VM, row);
  }

  /** What is known of a VM at the source; empty where it was never looked at. */
  public Optional<SourceRecord> source(VmRef ref) {
    return jdbc.sql("select record from drover_source where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .query((row, n) -> JSON.readValue(row.getString(1), SourceRecord.class))
        .optional();
  }

  /** A VM in the power state in which it was found, whoever stopped it since. */
  public SourceVm asFound(VmRef ref, SourceVm now) {
    return source(ref).map(record -> now.in(record.found())).orElse(now);
  }

  /** Forgets it: the VM is at the source what it was. */
  public void forgetSource(VmRef ref) {
    jdbc.sql("delete from drover_source where plan_key = ? and source = ? and vm = ?")
        .params(values(planKey, ref.source(), ref.id()))
        .update();
  }

  /** Forgets a disk, so that it is copied again. */
  public void forgetDisk(VmRef ref, String diskId) {
    jdbc.sql("delete from drover_disk where plan_key = ? and source = ? and vm = ? and disk = ?")
        .params(values(planKey, ref.source(), ref.id(), diskId))
        .update();
  }

  /** Forgets what a VM has at the target: it was rolled back. */
  public void forgetTarget(VmRef ref) {
    for (String table : List.of("drover_disk", "drover_checkpoint", "drover_note")) {
      jdbc.sql("delete from " + table + " where plan_key = ? and source = ? and vm = ?")
          .params(values(planKey, ref.source(), ref.id()))
          .update();
    }
  }
}
