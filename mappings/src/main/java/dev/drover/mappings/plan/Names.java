package dev.drover.mappings.plan;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Names as Kubernetes takes them. A VM's name becomes its objects' name here and nowhere else, so
 * that what the plan reader calls a collision is one.
 */
public final class Names {
  /** RFC 1123, section 2.1: a label has at most 63 octets. */
  private static final int LABEL = 63;

  private Names() {}

  /**
   * The nearest RFC 1123 label: at most 63 characters of {@code a-z}, {@code 0-9} and dashes, with
   * none at either end. Accents are dropped, everything else that does not fit becomes a dash, a
   * run of dashes becomes one. A name of which nothing is left becomes {@code vm}.
   *
   * @param name any text
   */
  public static String toDnsLabel(String name) {
    return label(name, LABEL);
  }

  /**
   * What a VM is called on the target if nobody says otherwise: prefix, name, suffix. The name is
   * cut where the three are too long, never the prefix or suffix.
   *
   * @param sourceName any text
   */
  public static String derived(Naming naming, String sourceName) {
    int room = Math.max(1, LABEL - naming.prefix().length() - naming.suffix().length());
    return toDnsLabel(naming.prefix() + label(sourceName, room) + naming.suffix());
  }

  /** The VM's {@code targetName}, or the derived name. */
  public static String of(Naming naming, VmPlan vm) {
    String chosen = vm.targetName();
    return chosen != null ? chosen : derived(naming, vm.sourceName());
  }

  private static String label(String name, int length) {
    // More than this cannot matter, and normalising a hostile megabyte costs time.
    String head = name.length() > 1024 ? name.substring(0, 1024) : name;
    String plain = Normalizer.normalize(head, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < plain.length() && label.length() < length; i++) {
      char c = plain.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        label.append(c);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK
          && !label.isEmpty()
          && label.charAt(label.length() - 1) != '-') {
        label.append('-');
      }
    }
    while (!label.isEmpty() && label.charAt(label.length() - 1) == '-') {
      label.setLength(label.length() - 1);
    }
    return label.isEmpty() ? "vm".substring(0, Math.min(2, length)) : label.toString();
  }
}
