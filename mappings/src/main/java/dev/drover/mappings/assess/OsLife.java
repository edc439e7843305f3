package dev.drover.mappings.assess;

import dev.drover.mappings.model.Guest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Until when a guest system is supported, from {@code os-life.tsv}, whose head explains its
 * columns. Remembers the words that it has seen, since an estate has few.
 */
final class OsLife {
  /** What is known of a system on KubeVirt. */
  enum OnKubeVirt {
    yes,
    conversion,
    unknown,
    no
  }

  /**
   * A line of the table.
   *
   * @param end null without an end
   */
  record Entry(String name, @Nullable LocalDate end, OnKubeVirt onKubeVirt) {}

  private record Line(Pattern pattern, Entry entry) {}

  private static final List<Line> LINES =
      Tsv.read("os-life.tsv", 4).stream().map(OsLife::line).toList();

  /** "Windows Server 2016 or later", "CentOS 4/5/6/7": which one, nobody says. */
  private static final Pattern SEVERAL = Pattern.compile("or (later|newer|above)|\\d/\\d");

  private static final int LONGEST = 128;
  private static final int REMEMBERED = 10_000;

  private final Map<String, Optional<Entry>> seen = new ConcurrentHashMap<>();

  /** An agent's word counts more than what the source was told. */
  @Nullable Entry of(Guest guest) {
    for (String word :
        Arrays.asList(guest.reportedOs(), guest.configuredOsName(), guest.configuredOs())) {
      if (word != null && !word.isBlank()) {
        Entry found = find(word);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Entry find(String word) {
    Optional<Entry> known = seen.get(word);
    if (known == null) {
      known = look(word);
      if (seen.size() < REMEMBERED && word.length() <= LONGEST) {
        seen.put(word, known);
      }
    }
    return known.orElse(null);
  }

  private static Optional<Entry> look(String word) {
    String text = word.strip().toLowerCase(Locale.ROOT);
    text = text.substring(0, Math.min(LONGEST, text.length()));
    if (SEVERAL.matcher(text).find()) {
      return Optional.empty();
    }
    int bracket = text.indexOf(" (");
    text = bracket > 0 ? text.substring(0, bracket) : text;
    String name = text.startsWith("microsoft ") ? text.substring("microsoft ".length()) : text;
    return LINES.stream()
        .filter(line -> line.pattern().matcher(name).lookingAt())
        .map(Line::entry)
        .findFirst();
  }

  private static Line line(String[] cell) {
    return new Line(
        Pattern.compile(cell[0]),
        new Entry(
            cell[1],
            cell[2].isEmpty() ? null : LocalDate.parse(cell[2]),
            OnKubeVirt.valueOf(cell[3])));
  }
}
