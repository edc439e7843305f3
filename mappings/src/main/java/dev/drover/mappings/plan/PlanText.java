package dev.drover.mappings.plan;

import dev.drover.mappings.failure.UsageFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The bytes of a plan file and the text that they are.
 *
 * @param digest SHA-256 in hexadecimal over the bytes
 * @param text null where they are no text, which is then among the problems
 */
record PlanText(String digest, @Nullable String text) {
  /** Room for 100,000 VMs with overrides each; more is not a plan. */
  static final int LARGEST = 64 << 20;

  /**
   * Reads a file.
   *
   * @throws UsageFailed when that is impossible
   */
  static PlanText read(Path file, Problems problems) {
    return read(file, LARGEST, problems);
  }

  static PlanText read(Path file, int largest, Problems problems) {
    byte[] bytes;
    if (Files.isDirectory(file)) {
      throw new UsageFailed(file.toString(), "this is a folder", "name the plan file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(largest + 1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (bytes.length > largest) {
      problems.add(
          1, 1, "", "the file is too large", "at most " + (largest >> 20) + " MiB; split the plan");
      return new PlanText("", null);
    }
    return new PlanText(sha256(bytes), decode(bytes, problems));
  }

  private static UsageFailed unreadable(Path file, IOException e) {
    boolean missing = Files.notExists(file);
    return new UsageFailed(
        file.toString(),
        missing ? "there is no such file" : "the file cannot be read",
        missing
            ? "check the path, or make a plan with: drover plan INVENTORY -o " + file
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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
