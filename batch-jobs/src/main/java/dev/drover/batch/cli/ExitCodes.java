package dev.drover.batch.cli;

/** What the process tells its caller. Four codes, so that scripts and schedulers can decide. */
final class ExitCodes {
  /** Everything that was asked for is done. */
  static final int DONE = 0;

  /** Some VMs failed, could not be read, or are not finished since the run was interrupted. */
  static final int SOME_VMS_FAILED = 1;

  /** Wrong arguments, a wrong plan, a wrong inventory file: the user changes something. */
  static final int USAGE = 2;

  /** This machine, the source or the target as a whole is in the way, or Drover has a bug. */
  static final int ENVIRONMENT = 3;

  private ExitCodes() {}
}
