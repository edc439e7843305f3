package dev.drover.batch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of files that people write. */
enum FileKind {
  PLAN,
  POLICY,
  PROFILE;

  /** A line of its own, in YAML or in indented JSON. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\{?[ \\t]{0,2}\"?kind\"?[ \\t]*:[ \\t]*[\"']?(\\w+)");

  /** Where the head of a file ends. */
  private static final int HEAD = 1 << 16;

  /** By its {@code kind:}. What says another, none, or cannot be read is looked at as a plan. */
  static FileKind of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Matcher kind = LINE.matcher(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8));
      return switch (kind.find() ? kind.group(1) : "") {
        case "MigrationPolicy" -> POLICY;
        case "TargetProfile" -> PROFILE;
        default -> PLAN;
      };
    } catch (IOException e) {
      return PLAN;
    }
  }
}
