package dev.drover.mappings.yaml;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The bytes of a file and the text that they are.
 *
 * @param digest SHA-256 in hexadecimal over the bytes
 * @param text null where they are no text, which is then among the problems
 */
record FileText(String digest, @Nullable String text) {

  /**
   * Reads a file.
   *
   * @throws UsageFailed when that is impossible
   */
  static FileText read(Path file, Dialect dialect, Problems problems) {
    int largest = dialect.largest();
    byte[] bytes;
    if (Files.isDirectory(file)) {
      throw new UsageFailed(file.toString(), "this is a folder", "name the file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(largest + 1);
    } catch (IOException e) {
      throw unreadable(file, dialect, e);
    }
    if (bytes.length > largest) {
      problems.add(
          1,
          1,
          "",
          "the file is too large",
          "at most " + (largest >> 20) + " MiB; split the " + dialect.kind());
      return new FileText("", null);
    }
    return new FileText(Sha256.hex(bytes), decode(bytes, problems));
  }

  private static UsageFailed unreadable(Path file, Dialect dialect, IOException e) {
    boolean missing = Files.notExists(file);
    return new UsageFailed(
        file.toString(),
        missing ? "there is no such file" : "the file cannot be read",
        missing
            ? "check the path; " + dialect.advice()
            : "make the file readable for the user who runs drover",
        dev.drover.mappings.failure.Retry.POINTLESS,
        missing ? null : e);
  }

  private static @Nullable String decode(byte[] bytes, Problems problems) {
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    if (startsWith(bytes, 0xFF, 0xFE)
        || startsWith(bytes, 0xFE, 0xFF)
        || (bytes.length > 3 && (bytes[0] == 0 || bytes[1] == 0))) {
      problems.add(1, 1, "", "the file is UTF-16", "UTF-8 (PowerShell: Out-File -Encoding utf8)");
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      report(text, text.length(), problems, "a byte here is not UTF-8");
      return null;
    }
    return printable(text, problems) ? text : null;
  }

  /** YAML 1.2, chapter 5.1, forbids these characters raw; escapes in quotes may make them. */
  private static boolean printable(String text, Problems problems) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (!StreamReader.isPrintable(point)) {
        report(text, i, problems, String.format("the character U+%04X stands here", point));
        return false;
      }
      i += Character.charCount(point);
    }
    return true;
  }

  private static void report(String text, int at, Problems problems, String what) {
    String before = text.substring(0, at);
    int line = (int) before.lines().count() + (before.isEmpty() || before.endsWith("\n") ? 1 : 0);
    String lineStart = before.substring(before.lastIndexOf('\n') + 1);
    int column = lineStart.codePointCount(0, lineStart.length()) + 1;
    problems.add(
        line, column, "", what, "text in UTF-8; in double quotes an escape like \"\\x00\" can be");
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
