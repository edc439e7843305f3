package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Tells the versions of Drover and of Java.")
final class VersionCommand implements Runnable {
  private final Session session;
  @Mixin private OutputFormat output = new OutputFormat();

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Terminal terminal = session.terminal();
    if (output.isJson()) {
      JsonOutput.print(terminal, versions());
    } else {
      versions().forEach((name, version) -> terminal.out().println(name + " " + version));
    }
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("drover", drover());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  /** The version of this Drover, for people. */
  static String drover() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "of the sources" : version;
  }

  /** For {@code --version}. */
  static final class Provider implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"drover " + drover()};
    }
  }
}
