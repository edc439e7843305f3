package dev.drover.mappings.inventory;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.UsageFailed;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Tells a mistake of an inventory file with its place. */
final class InventoryErrors {
  private final Path file;
  private final JsonParser parser;

  InventoryErrors(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** What is wrong where the parser stands. */
  UsageFailed here(String what, String remedy) {
    return at(parser.currentTokenLocation(), what, remedy);
  }

  /** Turns Jackson's failures into ours. */
  <T extends @Nullable Object> T guard(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnexpectedEndOfInputException e) {
      throw at(e.getLocation(), "the file ends in the middle", InventoryFormat.AGAIN);
    } catch (JacksonIOException e) {
      throw new UsageFailed(
          file.toString(), "the file cannot be read", "check it", Retry.WORTHWHILE, e.getCause());
    } catch (JacksonException e) {
      String path = path(e);
      String where = path.isEmpty() ? "" : oneLine(path) + ": ";
      throw at(e.getLocation(), where + oneLine(e.getOriginalMessage()), InventoryFormat.AGAIN);
    }
  }

  /** Below the VM: {@code disks[0].size}. */
  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      String name = step.getPropertyName();
      if (name == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }

  private UsageFailed at(@Nullable TokenStreamLocation location, String what, String remedy) {
    TokenStreamLocation place = location == null ? parser.currentLocation() : location;
    return new UsageFailed(
        file + ":" + place.getLineNr() + ":" + place.getColumnNr(), what, remedy);
  }

  /** A text of the file as a message may show it. */
  String shown(String text) {
    return "\"" + oneLine(text) + "\"";
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{C}+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
