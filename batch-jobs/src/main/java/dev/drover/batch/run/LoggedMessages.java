package dev.drover.batch.run;

import dev.drover.batch.state.StatusFile.VmStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the user is told into the log as well. */
record LoggedMessages(RunListener inner) implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedMessages.class);

  @Override
  public void vm(VmStatus status) {
    inner.vm(status);
  }

  @Override
  public void message(String text) {
    if (text.startsWith(WARNING)) {
      LOG.warn(RunLog.TOLD, "{}", text.substring(WARNING.length()));
    } else {
      LOG.info(RunLog.TOLD, "{}", text);
    }
    inner.message(text);
  }

  /** How a message begins that is a warning. */
  static final String WARNING = "warning: ";
}
