package dev.drover.batch.cli;

import picocli.CommandLine.Option;

/** The option {@code -o} of commands that list something. */
final class OutputFormat {
  /** What a listing can be printed as. */
  enum Format {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json; default: text.")
  private Format format = Format.text;

  boolean isJson() {
    return format == Format.json;
  }
}
