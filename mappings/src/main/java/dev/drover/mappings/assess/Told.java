package dev.drover.mappings.assess;

import dev.drover.mappings.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one VM so far, each once, on one line each, at a length that people read. */
final class Told {
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_EVIDENCE = 200;

  /** A hostile VM of 10,000 disks must not fill the memory. */
  private static final int MOST = 500;

  private boolean more;
  private final Set<Finding> findings = new LinkedHashSet<>();

  void add(Finding finding) {
    if (findings.size() >= MOST) {
      more = true;
    } else {
      findings.add(
          new Finding(
              finding.code(),
              finding.severity(),
              line(finding.what(), LONGEST_TEXT),
              line(finding.remedy(), LONGEST_TEXT),
              line(finding.evidence(), LONGEST_EVIDENCE)));
    }
  }

  void add(KnownFinding known, String evidence) {
    add(known.seen(evidence));
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    if (more) {
      all.add(CheckCatalogue.CUT.seen("more than " + MOST));
    }
    return all;
  }

  /** Control characters, line breaks and marks of direction become spaces. */
  static String line(String text, int longest) {
    boolean plain = text.length() <= longest;
    for (int i = 0; plain && i < text.length(); i++) {
      plain = shown(text.charAt(i));
    }
    if (plain) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length() && safe.length() < longest; i++) {
      safe.append(shown(text.charAt(i)) ? text.charAt(i) : ' ');
    }
    if (text.length() > longest) {
      safe.setLength(longest - 1);
      if (Character.isHighSurrogate(safe.charAt(longest - 2))) {
        safe.setLength(longest - 2);
      }
      safe.append('…');
    }
    return safe.toString();
  }

  private static boolean shown(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
