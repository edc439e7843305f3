package dev.drover.importers.rvtools;

import java.util.Arrays;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Puts the shared texts of a workbook into the pool; a cell names one by its place in the list. */
final class SharedTexts extends DefaultHandler {
  private final TextPool pool;
  private final CellText text = new CellText();
  private int[] ids = new int[1024];
  private int count;
  private boolean inText;
  private boolean inReading;

  SharedTexts(TextPool pool) {
    this.pool = pool;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      case "si" -> text.clear();
      case "t" -> inText = true;
      case "rPh" -> inReading = true; // How a Japanese text is read aloud.
      default -> {}
    }
  }

  @Override
  public void characters(char[] characters, int from, int length) {
    if (inText && !inReading) {
      text.append(characters, from, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    switch (name) {
      case "t" -> inText = false;
      case "rPh" -> inReading = false;
      case "si" -> add();
      default -> {}
    }
  }

  private void add() {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, count * 2);
    }
    ids[count++] = pool.add(CellText.clean(text.toString()));
  }

  int[] ids() {
    return Arrays.copyOf(ids, count);
  }
}
