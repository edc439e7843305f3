package dev.drover.batch.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints a script that completes commands, options and file names in a shell.",
    footer = {
      "For this shell:  source <(drover completion bash)",
      "For all of them: drover completion bash > ~/.local/share/bash-completion/completions/drover",
      "zsh:             add  source <(drover completion zsh)  to ~/.zshrc"
    })
final class CompletionCommand implements Runnable {
  /** Shells that are supported. */
  enum Shell {
    bash,
    zsh
  }

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh")
  private Shell shell = Shell.bash;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    String script = AutoComplete.bash("drover", spec.root().commandLine());
    // One script serves both: it switches zsh's bash emulation on by itself. Files are completed
    // where no option of Drover fits.
    session
        .terminal()
        .out()
        .print(shell == Shell.zsh ? "autoload -U +X compinit && compinit\n" + script : script);
  }
}
