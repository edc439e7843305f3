package dev.drover.mappings.waves;

/**
 * A text that a regular expression may look at only so often: a pattern that a text of the
 * inventory drives into trying every way must not hold the planner up.
 */
final class BoundedText implements CharSequence {
  /** A pattern in good order needs a few looks a character. */
  private static final int MOST_LOOKS = 1_000_000;

  /** Notes can be long; what names an application stands at their beginning. */
  private static final int LONGEST = 10_000;

  private final String text;
  private int looks;

  BoundedText(String text) {
    this.text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** The pattern takes too long on this text. */
  static final class TooMuchWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchWork() {
      super("a regular expression takes too long", null, false, false);
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new TooMuchWork();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
