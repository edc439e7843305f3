package dev.drover.importers.api;

import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.VmRef;
import java.util.Optional;
import java.util.stream.Stream;

/** A place that VMs come from. Safe for use by several threads after it is opened. */
public interface VmSource extends AutoCloseable {
  /**
   * Everything that is there, one by one, in a stable order. What cannot be understood is an {@link
   * Discovery.Unreadable} with its place and does not end the stream.
   *
   * @return a stream that the caller closes
   * @throws dev.drover.mappings.failure.SourceFailed when the source itself cannot be reached
   */
  Stream<Discovery> list();

  /**
   * A frozen view of one VM.
   *
   * @throws dev.drover.mappings.failure.SourceFailed when it is not there any more or unreadable
   */
  VmSnapshot open(VmRef ref);

  /**
   * A frozen view of one VM whose disks can be read while they are held as the caller says. Closing
   * it frees the hold: a snapshot at the source is removed, a lease is completed or aborted. The
   * snapshot is made when the first disk is asked for, not before.
   *
   * @throws dev.drover.mappings.failure.SourceFailed as {@link #open(VmRef)}, and when a snapshot
   *     is wanted and this source makes none
   */
  default VmSnapshot open(VmRef ref, Hold hold) {
    if (hold.snapshot()) {
      throw new SourceFailed(
          "VM \"" + ref + "\"",
          "this kind of source makes no snapshots of a VM that runs",
          "let the plan shut the VM down, or shut it down at the source");
    }
    return open(ref);
  }

  /** Switches its VMs; empty where the source has nothing that runs, as files. */
  default Optional<VmPower> power() {
    return Optional.empty();
  }

  @Override
  void close();
}
