package dev.drover.mappings.inventory;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Path;
import java.util.List;

/** Writes an inventory file VM by VM; the file has its name only when it is whole. */
public final class InventoryWriter implements AutoCloseable {
  private InventoryWriter() {}

  /** Begins the file. */
  public static InventoryWriter create(Path file, List<SourceSpec> sources) {
    throw new UnsupportedOperationException(file + " " + sources);
  }

  /** Adds a VM. */
  public void vm(SourceVm vm) {
    throw new UnsupportedOperationException(vm.toString());
  }

  /** Adds something that should have been a VM. */
  public void unreadable(String place, Finding problem) {
    throw new UnsupportedOperationException(place + problem);
  }

  /** The file is whole. */
  public void commit() {
    throw new UnsupportedOperationException();
  }

  /** Without a {@link #commit()} before, removes what was written. */
  @Override
  public void close() {}
}
