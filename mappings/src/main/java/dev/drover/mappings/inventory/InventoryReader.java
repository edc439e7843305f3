package dev.drover.mappings.inventory;

import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads an inventory file VM by VM. */
public final class InventoryReader implements AutoCloseable {
  private InventoryReader() {}

  /**
   * Opens a file and reads its head.
   *
   * @throws dev.drover.mappings.failure.UsageFailed naming file, line and column
   */
  public static InventoryReader open(Path file) {
    throw new UnsupportedOperationException(file.toString());
  }

  /** Where the VMs came from. */
  public List<SourceSpec> sources() {
    throw new UnsupportedOperationException();
  }

  /** The VMs, once, in the order of the file. */
  public Stream<SourceVm> vms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
