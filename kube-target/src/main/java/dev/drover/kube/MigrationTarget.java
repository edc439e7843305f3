package dev.drover.kube;

import dev.drover.converters.DiskDestination;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.List;

/**
 * Where VMs go. Every method can be called again after a crash and then finds its own earlier work.
 * Safe for use by several threads on different VMs.
 */
public interface MigrationTarget extends AutoCloseable {
  /** What is missing before this VM can be created; empty when nothing is. */
  List<Finding> check(TargetVm vm);

  /**
   * Makes room for a disk. What was copied there stays; a stream's {@code identity} is that of the
   * volume which is there now, and opening the stream may put another in its place.
   *
   * @throws dev.drover.mappings.failure.TargetFailed when the target refuses, or an object of that
   *     name is there and not Drover's
   */
  DiskDestination prepareDisk(TargetVm vm, TargetDisk disk);

  /** Creates the VirtualMachine, not started, and what it needs; returns all objects of the VM. */
  List<ObjectRef> create(TargetVm vm);

  /** Starts it if it is to run after the move. */
  void start(TargetVm vm);

  /**
   * How it is now.
   *
   * @throws dev.drover.mappings.failure.TargetFailed with the target's own reason, where it will
   *     not get there by itself and the target tells why; {@link Health#FAILED} where it does not
   */
  Health observe(TargetVm vm);

  /**
   * Removes everything that Drover made for this VM, and nothing else; returns what was removed.
   */
  List<ObjectRef> discard(TargetVm vm);

  @Override
  void close();

  /** What a VM is seen to be. */
  enum Health {
    /** As the plan wants it: ready, or stopped where it is to be stopped. */
    READY,
    /** On its way. */
    WAITING,
    /** It will not get there by itself. */
    FAILED
  }

  /**
   * An object that was made.
   *
   * @param kind {@code DataVolume}, {@code VirtualMachine}, {@code File}
   * @param namespace empty for a file
   * @param uid empty where there is none
   */
  record ObjectRef(String kind, String namespace, String name, String uid) {}
}
