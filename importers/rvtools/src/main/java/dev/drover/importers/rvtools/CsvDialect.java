package dev.drover.importers.rvtools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a CSV is written: its encoding (UTF-8, UTF-16 of either order, with or without a mark; else
 * Windows-1252, of which Latin-1 is a part) and what separates its fields.
 *
 * @param skip bytes of the mark
 * @param separatorLine whether the first line is {@code sep=;}, which Excel writes and obeys
 */
record CsvDialect(Charset charset, int skip, char separator, boolean separatorLine) {
  private static final int LOOK = 1 << 16;

  static CsvDialect of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(LOOK);
    }
    int skip = mark(head);
    Charset charset = charset(file, head);
    String start = new String(head, skip, head.length - skip, charset);
    if (start.length() > 4 && start.substring(0, 4).equalsIgnoreCase("sep=")) {
      return new CsvDialect(charset, skip, start.charAt(4), true);
    }
    return new CsvDialect(charset, skip, separator(start), false);
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static int mark(byte[] head) {
    if (begins(head, 0xef, 0xbb, 0xbf)) {
      return 3;
    }
    return begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff) ? 2 : 0;
  }

  private static Charset charset(Path file, byte[] head) throws IOException {
    if (begins(head, 0xff, 0xfe) || (head.length > 1 && head[0] != 0 && head[1] == 0)) {
      return StandardCharsets.UTF_16LE;
    } else if (begins(head, 0xfe, 0xff) || (head.length > 1 && head[0] == 0 && head[1] != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return isUtf8(file) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
  }

  /** Looks at all of the file: the first umlaut may be in the last line. */
  private static boolean isUtf8(Path file) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(LOOK);
    CharBuffer characters = CharBuffer.allocate(LOOK);
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = 0; count >= 0; ) {
        count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        CoderResult result = decoder.decode(bytes, characters.clear(), count < 0);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return true;
  }

  /** The one that is most often in the first line outside quotes. */
  private static char separator(String start) {
    int[] counts = new int[128];
    boolean quoted = false;
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      quoted ^= c == '"';
      if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && c < 128) {
        counts[c]++;
      }
    }
    char best = ',';
    for (char candidate : new char[] {';', '\t', '|'}) {
      best = counts[candidate] > counts[best] ? candidate : best;
    }
    return best;
  }

  /** The text, behind the mark and the line that names the separator. */
  Reader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(skip);
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset), LOOK);
      if (separatorLine) {
        reader.readLine();
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
