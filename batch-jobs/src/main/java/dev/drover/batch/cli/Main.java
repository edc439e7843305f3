package dev.drover.batch.cli;

import java.io.IOException;

/** Where {@code drover} starts. */
public final class Main {
  private Main() {}

  /** Does what the arguments say and ends the process with one of {@link ExitCodes}. */
  public static void main(String[] arguments) {
    Session session = Session.ofThisProcess();
    int code = new CommandLines(session).execute(arguments);
    code = delivered(session, code);
    session.terminal().err().flush();
    LastExit.with(code, LastExit.PATIENCE);
  }

  /** Results that nobody can read are no success. A reader that has seen enough is no problem. */
  private static int delivered(Session session, int code) {
    IOException lost = session.terminal().lost();
    if (lost == null || String.valueOf(lost.getMessage()).contains("Broken pipe")) {
      return code;
    }
    new FailureText(session)
        .problem(
            "standard output: cannot be written, results are missing: " + lost.getMessage(),
            "see that the disk has space and the place can be written to, then run it again");
    return code == ExitCodes.DONE ? ExitCodes.ENVIRONMENT : code;
  }
}
