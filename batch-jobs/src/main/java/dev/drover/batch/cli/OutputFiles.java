package dev.drover.batch.cli;

import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.inventory.OutputPlace;
import dev.drover.mappings.plan.PlanDraft;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a file that the user asked for, and files beside it: all of them under other names first,
 * so that a failure leaves what was there. The file itself comes last.
 */
final class OutputFiles {
  private final String kind;
  private final Path main;
  private final Set<String> mayReplace;
  private final boolean force;
  private final Map<Path, OutputPlace> written = new LinkedHashMap<>();

  /**
   * Touches nothing.
   *
   * @param kind what it is, for messages: {@code plan}
   * @param mayReplace files beside it that belong to it already
   * @param force whether everything may be replaced
   */
  OutputFiles(String kind, Path main, Set<String> mayReplace, boolean force) {
    this.kind = kind;
    this.main = main;
    this.mayReplace = Set.copyOf(mayReplace);
    this.force = force;
  }

  /** Writes the text of the file. */
  @FunctionalInterface
  interface Text {
    void write(Writer to, PlanDraft.Beside beside) throws IOException;
  }

  void write(Text text) {
    try {
      try (Writer writer = open(main)) {
        text.write(writer, this::beside);
      }
      List<OutputPlace> lastIsFirst = new ArrayList<>(written.values());
      Collections.reverse(lastIsFirst);
      for (OutputPlace each : lastIsFirst) {
        each.commit();
      }
      for (String old : mayReplace) {
        Path file = main.resolveSibling(old);
        if (!written.containsKey(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentFailed(
          main.toString(),
          "cannot write the " + kind,
          "give a file in a folder that can be written to with -o",
          Retry.POINTLESS,
          e);
    } finally {
      written.values().forEach(OutputFiles::discard);
    }
  }

  private Writer beside(String name) throws IOException {
    Path file = main.resolveSibling(name);
    if (Files.exists(file) && !force && !mayReplace.contains(name)) {
      throw exists(file);
    }
    Files.createDirectories(file.getParent());
    return open(file);
  }

  private Writer open(Path file) throws IOException {
    OutputPlace place = OutputPlace.of(file);
    written.put(file, place);
    return new BufferedWriter(new OutputStreamWriter(place.open(), StandardCharsets.UTF_8));
  }

  static UsageFailed exists(Path file) {
    return new UsageFailed(
        file.toString(),
        "is there already, and may hold your changes",
        "give another file with -o, or --force to replace it");
  }

  private static void discard(OutputPlace place) {
    try {
      place.discard();
    } catch (IOException e) {
      // The failure before this one says what is wrong with the folder.
    }
  }
}
