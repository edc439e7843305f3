package dev.drover.batch.steps;

import java.util.concurrent.Semaphore;

/** One of the wave's places for work on a disk, held while the disk's name is in the log. */
final class Slot implements AutoCloseable {
  private final Semaphore slots;
  private final LogContext log;

  private Slot(Semaphore slots, String disk) {
    this.slots = slots;
    this.log = LogContext.ofDisk(disk);
  }

  /**
   * Waits for a place.
   *
   * @throws Cancelled when somebody asked to stop in the meantime
   */
  static Slot take(RunContext context, String disk) {
    try {
      context.diskSlots().acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("disk " + disk);
    }
    Slot slot = new Slot(context.diskSlots(), disk);
    if (context.progress().cancelled()) {
      slot.close();
      throw new Cancelled("disk " + disk);
    }
    return slot;
  }

  @Override
  public void close() {
    log.close();
    slots.release();
  }
}
