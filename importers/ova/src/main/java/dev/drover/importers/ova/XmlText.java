package dev.drover.importers.ova;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an XML document as appendix F of XML 1.0 says: byte order mark, shape of the first bytes,
 * declaration, else UTF-8. Done here and strictly, since the JDK's reader writes about wrong bytes
 * to stderr and does not say where they are.
 */
final class XmlText {
  private static final Pattern DECLARED =
      Pattern.compile("^\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");
  private static final int PROLOG = 400;

  private XmlText() {}

  /**
   * @param file what messages call it
   * @throws OvfInvalid when the bytes are not in the encoding that they claim
   */
  static String decode(byte[] bytes, String file) {
    Charset shape = shape(bytes);
    Charset prologSet = shape == null ? StandardCharsets.ISO_8859_1 : shape;
    String prolog = new String(bytes, 0, Math.min(bytes.length, PROLOG), prologSet);
    Matcher matcher = DECLARED.matcher(prolog.startsWith("\ufeff") ? prolog.substring(1) : prolog);
    String declared = matcher.find() ? matcher.group(1) : "";
    boolean wide = shape != null && !shape.equals(StandardCharsets.UTF_8);
    boolean declaredWide = declared.toUpperCase(Locale.ROOT).startsWith("UTF-16");
    if (!declared.isEmpty() && wide != declaredWide) {
      throw wrong(file, "it declares " + SafeName.shown(declared) + " and is not written in it");
    }
    Charset charset = shape != null ? shape : charset(declared, file);
    String text = strictly(bytes, charset, file);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** What the first bytes show, or null. */
  private static @Nullable Charset shape(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return switch (first) {
      case 0xfeff, 0x003c -> StandardCharsets.UTF_16BE;
      case 0xfffe, 0x3c00 -> StandardCharsets.UTF_16LE;
      case 0xefbb -> StandardCharsets.UTF_8;
      default -> null;
    };
  }

  private static Charset charset(String declared, String file) {
    try {
      return declared.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(declared);
    } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
      throw wrong(file, "it declares an unknown encoding: " + SafeName.shown(declared));
    }
  }

  private static String strictly(byte[] bytes, Charset charset, String file) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate((int) (bytes.length * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw wrong(file, "its byte " + in.position() + " does not fit the encoding " + charset);
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  private static OvfInvalid wrong(String file, String what) {
    return new OvfInvalid(
        "OVF-100",
        new Place(file, 1, 1),
        "the descriptor is no well-formed XML: " + what,
        "save it in the encoding that its first line declares, or correct that line");
  }
}
