package dev.drover.batch.cli;

/** Where {@code drover} starts. */
public final class Main {
  private Main() {}

  /** Does what the arguments say and ends the process with one of {@link ExitCodes}. */
  public static void main(String[] arguments) {
    Session session = Session.ofThisProcess();
    int code = new CommandLines(session).execute(arguments);
    session.terminal().out().flush();
    session.terminal().err().flush();
    System.exit(code);
  }
}
