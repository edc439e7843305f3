package dev.drover.batch.ledger;

import static dev.drover.batch.ledger.Sql.values;

import dev.drover.converters.CopyCheckpoint;
import dev.drover.mappings.model.VmRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the copy of a disk is, as a row of the job repository. */
final class DiskCheckpoint implements CopyCheckpoint {
  private static final String THIS = " where plan_key = ? and source = ? and vm = ? and disk = ?";

  private final JdbcClient jdbc;
  private final Runnable harden;
  private final String planKey;
  private final VmRef vm;
  private final String disk;

  /**
   * @param harden makes durable what was written
   */
  DiskCheckpoint(JdbcClient jdbc, Runnable harden, String planKey, VmRef vm, String disk) {
    this.jdbc = jdbc;
    this.harden = harden;
    this.planKey = planKey;
    this.vm = vm;
    this.disk = disk;
  }

  @Override
  public byte @Nullable [] load() {
    return jdbc.sql("select state from drover_checkpoint" + THIS)
        .params(values(planKey, vm.source(), vm.id(), disk))
        .query((row, n) -> row.getBytes(1))
        .optional()
        .orElse(null);
  }

  @Override
  public void save(byte[] state) {
    Sql.put(
        jdbc,
        "drover_checkpoint",
        List.of("state"),
        Sql.OF_A_DISK,
        values(state, planKey, vm.source(), vm.id(), disk));
    harden.run();
  }

  /** Durable as well: what is begun anew under the same name must not be taken for the old. */
  @Override
  public void clear() {
    int changed =
        jdbc.sql("delete from drover_checkpoint" + THIS)
            .params(values(planKey, vm.source(), vm.id(), disk))
            .update();
    if (changed > 0) {
      harden.run();
    }
  }
}
