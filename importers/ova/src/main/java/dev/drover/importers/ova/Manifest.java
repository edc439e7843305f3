package dev.drover.importers.ova;

import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.model.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The digests that a package promises: a text file with lines {@code SHA256(web.ovf)= 0f3a…}, as
 * DSP0243 describes it; spaces vary between writers.
 */
final class Manifest {
  private static final Pattern LINE =
      Pattern.compile("\\s*([A-Za-z0-9-]+)\\s*\\((.+)\\)\\s*=\\s*([0-9A-Fa-f]+)\\s*");
  private static final Map<String, String> ALGORITHMS =
      Map.of("SHA1", "SHA-1", "SHA256", "SHA-256", "SHA384", "SHA-384", "SHA512", "SHA-512");

  private final Map<String, FileDigest> digests = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private Manifest() {}

  /**
   * Lines that it cannot use become findings.
   *
   * @param shown what messages call it
   * @throws OvfInvalid when it gives one file two digests
   */
  static Manifest parse(byte[] bytes, String shown) {
    Manifest manifest = new Manifest();
    String text = new String(bytes, StandardCharsets.UTF_8);
    String[] lines = (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r\n|\n|\r");
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        manifest.add(lines[i], new Place(shown, i + 1, 1));
      }
    }
    return manifest;
  }

  private void add(String line, Place place) {
    Matcher matcher = line.length() > 8192 ? LINE.matcher("") : LINE.matcher(line);
    if (!matcher.matches()) {
      ignored("a line of the manifest cannot be understood", place, SafeName.shown(line));
      return;
    }
    String word = matcher.group(1).toUpperCase(Locale.ROOT).replace("-", "");
    String algorithm = ALGORITHMS.get(word);
    String hex = matcher.group(3);
    if (algorithm == null) {
      ignored("the manifest uses a digest that Drover does not know", place, matcher.group(1));
    } else if (hex.length() != length(algorithm)) {
      ignored("a digest in the manifest has the wrong length", place, hex);
    } else {
      String name = SafeName.plain(matcher.group(2).strip());
      FileDigest old = digests.get(name);
      FileDigest digest = new FileDigest(algorithm, hex);
      if (old != null && old.algorithm().equals(algorithm) && !old.equals(digest)) {
        throw new OvfInvalid(
            "OVF-106",
            place,
            "the manifest gives two digests for " + SafeName.shown(name),
            "get the appliance from its publisher again");
      }
      if (old == null || old.hex().length() < digest.hex().length()) {
        digests.put(name, digest);
      }
    }
  }

  private static int length(String algorithm) {
    return algorithm.equals("SHA-1") ? 40 : Integer.parseInt(algorithm.substring(4)) / 4;
  }

  private void ignored(String what, Place place, String evidence) {
    if (findings.size() < 20) {
      findings.add(
          Finding.warning("OVF-006", what, "write SHA1, SHA256 or SHA512 lines into " + place)
              .with(evidence));
    }
  }

  /** The digest that a file must have, or null where the manifest is silent. */
  @Nullable FileDigest of(String name) {
    return digests.get(SafeName.plain(name));
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * Compares a descriptor with its digest.
   *
   * @throws OvfInvalid when they differ
   */
  void check(String name, byte[] bytes, String shown) {
    FileDigest expected = of(name);
    if (expected == null) {
      return;
    }
    try {
      byte[] digest = MessageDigest.getInstance(expected.algorithm()).digest(bytes);
      String actual = HexFormat.of().formatHex(digest);
      if (!actual.equals(expected.hex())) {
        throw new OvfInvalid(
            "OVF-106",
            Place.in(shown),
            "the descriptor is not the one that the manifest promises: its "
                + expected.algorithm()
                + " is "
                + actual
                + ", not "
                + expected.hex(),
            "get it again; if you edited it yourself, set the source's option manifest to ignore");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + expected.algorithm(), e);
    }
  }
}
