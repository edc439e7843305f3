package dev.drover.mappings.target;

import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Guest;
import dev.drover.mappings.target.Platform.GuestFamily;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of guest systems, from {@code guest-os.tsv}, whose head explains its columns. */
final class GuestOsTable {
  private static final String RESOURCE = "guest-os.tsv";
  private static final Pattern CIM = Pattern.compile("(?:cim[:_ ]?)?(\\d{1,5})");
  private static final Pattern OSINFO = Pattern.compile("https?://[^/]+/(.+)");
  private static final int LONGEST = 256;
  private static final List<Line> LINES = load();

  /** Thousands of VMs say the same few words. */
  private static final Map<String, Optional<GuestOs>> SEEN = new ConcurrentHashMap<>();

  private static final int REMEMBERED = 10_000;

  private GuestOsTable() {}

  private record Line(String kind, Pattern pattern, GuestOs os) {}

  /**
   * What the guest is. What an agent in it reports wins over what the source was told; where the
   * first that is recognised does not tell whether it has virtio, another word for the same family
   * may.
   */
  static GuestOs of(Guest guest) {
    List<GuestOs> known = new ArrayList<>();
    for (String word :
        Arrays.asList(guest.reportedOs(), guest.configuredOs(), guest.configuredOsName())) {
      find(word).ifPresent(known::add);
    }
    if (known.isEmpty()) {
      return GuestOs.UNKNOWN;
    }
    GuestOs first = known.get(0);
    return known.stream()
        .filter(os -> os.family() == first.family() && os.virtio() != GuestOs.Virtio.UNKNOWN)
        .findFirst()
        .orElse(first);
  }

  /** Looks a word up: a number, a URL, an id or a name. */
  static Optional<GuestOs> find(@Nullable String word) {
    if (word == null || word.isBlank()) {
      return Optional.empty();
    }
    Optional<GuestOs> known = SEEN.get(word);
    if (known == null) {
      known = look(word);
      if (SEEN.size() < REMEMBERED && word.length() <= LONGEST) {
        SEEN.put(word, known);
      }
    }
    return known;
  }

  private static Optional<GuestOs> look(String word) {
    // A longer one is no name, and expressions are not run over it.
    String name = word.strip().substring(0, Math.min(LONGEST, word.strip().length()));
    var cim = CIM.matcher(name.toLowerCase(Locale.ROOT));
    if (cim.matches()) {
      return first("cim", cim.group(1), true);
    }
    var osinfo = OSINFO.matcher(name);
    if (osinfo.matches()) {
      return first("osinfo", osinfo.group(1), true);
    }
    // VMware's ids have no spaces, names have.
    Optional<GuestOs> id = name.contains(" ") ? Optional.empty() : first("id", name, true);
    return id.or(() -> first("text", name, false));
  }

  private static Optional<GuestOs> first(String kind, String word, boolean whole) {
    return LINES.stream()
        .filter(line -> line.kind().equals(kind))
        .filter(
            line ->
                whole
                    ? line.pattern().matcher(word).matches()
                    : line.pattern().matcher(word).find())
        .map(Line::os)
        .findFirst();
  }

  private static List<Line> load() {
    try (InputStream in =
            Objects.requireNonNull(GuestOsTable.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(GuestOsTable::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static Line line(String text) {
    String[] cell = text.split("\t", -1);
    if (cell.length != 8) {
      throw new IllegalStateException(RESOURCE + ": not eight columns: " + text);
    }
    String pattern = cell[0].equals("cim") ? cell[1].replace(',', '|') : cell[1];
    return new Line(
        cell[0],
        Pattern.compile(pattern, Pattern.CASE_INSENSITIVE),
        new GuestOs(
            GuestFamily.valueOf(cell[2].toUpperCase(Locale.ROOT)),
            cell[3].equals("?")
                ? GuestOs.Virtio.UNKNOWN
                : GuestOs.Virtio.valueOf(cell[3].toUpperCase(Locale.ROOT)),
            cell[4].equals("yes"),
            cell[5],
            cell[6].equals("local") ? Firmware.Clock.LOCALTIME : Firmware.Clock.UTC,
            cell[7]));
  }
}
