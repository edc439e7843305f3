package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are kept beside the tests; {@code -Ddrover.golden.update=true} writes them anew. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/dev/drover/mappings/plan");

  private Golden() {}

  static void compare(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("drover.golden.update")) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text);
  }
}
