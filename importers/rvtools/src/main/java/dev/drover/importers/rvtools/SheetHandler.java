package dev.drover.importers.rvtools;

import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Pours a worksheet (ECMA-376 part 1, 18.3) into a sink. Of a formula the value that the last
 * program computed is taken; nothing is computed here.
 */
final class SheetHandler extends DefaultHandler {
  private final SheetSink sink;
  private final SheetFacts facts;
  private final int[] shared;
  private final CellText text = new CellText();
  private long row;
  private int column = -1;
  private String type = "n";
  private boolean inValue;
  private boolean inReading;

  SheetHandler(SheetSink sink, SheetFacts facts, int[] shared) {
    this.sink = sink;
    this.facts = facts;
    this.shared = shared;
  }

  /** Nothing more of the sheet is of use. */
  static final class Enough extends SAXException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    switch (name) {
      case "row" -> startRow(attributes.getValue("r"));
      case "c" -> startCell(attributes);
      case "v", "t" -> inValue = sink.wants(column);
      case "rPh" -> inReading = true;
      case "f" -> facts.formulas += sink.wants(column) ? 1 : 0;
      default -> {}
    }
  }

  private void startRow(@Nullable String number) throws SAXException {
    row = number == null ? row + 1 : number(number);
    column = -1;
  }

  private static long number(String digits) throws SAXException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new SAXParseException("\"" + digits + "\" is no number", null);
    }
  }

  private void startCell(Attributes attributes) throws SAXException {
    String reference = attributes.getValue("r");
    column = reference == null ? column + 1 : column(reference);
    if (column >= Limits.COLUMNS) {
      throw new SAXParseException("a cell is in column " + column, null);
    }
    String kind = attributes.getValue("t");
    type = kind == null ? "n" : kind;
    text.clear();
  }

  /** {@code AB12} is column 27. */
  private static int column(String reference) {
    int column = 0;
    for (int i = 0; i < reference.length() && i < 4; i++) {
      char letter = reference.charAt(i);
      if (letter < 'A' || letter > 'Z') {
        break;
      }
      column = column * 26 + (letter - 'A' + 1);
    }
    return column - 1;
  }

  @Override
  public void characters(char[] characters, int from, int length) {
    if (inValue && !inReading) {
      text.append(characters, from, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    switch (name) {
      case "v", "t" -> inValue = false;
      case "rPh" -> inReading = false;
      case "c" -> endCell();
      case "row" -> {
        sink.endRow(row);
        if (sink.hopeless()) {
          throw new Enough();
        }
      }
      default -> {}
    }
  }

  private void endCell() throws SAXException {
    if (column < 0 || !sink.wants(column)) {
      return;
    }
    facts.cut += text.cut() ? 1 : 0;
    String value = text.toString();
    switch (type) {
      case "s" -> shared(value);
      case "b" -> sink.text(column, value.equals("1") ? "true" : value.equals("0") ? "false" : "");
      case "e" -> facts.errors++;
      case "n" -> number(column, value.strip());
      default -> sink.text(column, CellText.clean(value));
    }
  }

  private void shared(String index) throws SAXException {
    if (index.isBlank()) {
      return;
    }
    long at = number(index.strip());
    if (at < 0 || at >= shared.length) {
      throw new SAXParseException("the workbook has no shared text " + at, null);
    }
    sink.pooled(column, shared[(int) at]);
  }

  /**
   * Digits alone mean the same in every locale, and are the same text as in a CSV; programs other
   * than Excel write them as {@code 2000.0} too.
   */
  private void number(int at, String value) {
    String plain = WholeText.plain(value);
    boolean digits = plain.chars().allMatch(c -> c >= '0' && c <= '9');
    sink.text(at, digits || plain.isEmpty() ? plain : NumberStyle.RAW + plain);
  }

  @Override
  public void error(SAXParseException e) throws SAXException {
    throw e;
  }
}
