package dev.drover.importers.ova;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of a descriptor within {@link Limits}. No document type, no entities but the five of
 * XML, nothing fetched.
 */
final class XmlReader {
  private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

  private final String file;
  private final Deque<XmlElement> open = new ArrayDeque<>();
  private final Deque<StringBuilder> texts = new ArrayDeque<>();
  private int elements;
  private int attributes;
  private @Nullable XmlElement root;
  private Place before;

  private XmlReader(String file) {
    this.file = file;
    this.before = Place.in(file);
  }

  /**
   * @param file what messages call it
   * @return the root
   * @throws OvfInvalid with line and column
   */
  static XmlElement read(byte[] bytes, String file) {
    return new XmlReader(file).read(bytes);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    return factory;
  }

  private XmlElement read(byte[] bytes) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
      while (reader.hasNext()) {
        before = place(reader.getLocation());
        take(reader.next(), reader);
      }
    } catch (XMLStreamException e) {
      throw broken(e.getLocation() == null ? before : place(e.getLocation()), e);
    } catch (OvfInvalid e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's reader answers some broken input with exceptions of its own inside.
      throw broken(before, e);
    }
    if (root == null) {
      throw new OvfInvalid("OVF-100", before, "the descriptor is empty", "export it again");
    }
    return root;
  }

  private void take(int event, XMLStreamReader reader) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(reader);
      case XMLStreamConstants.END_ELEMENT -> open.pop().setText(texts.pop().toString().strip());
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          text(reader);
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new OvfInvalid(
              "OVF-100",
              place(reader.getLocation()),
              "the descriptor has a document type or an entity of its own, which Drover refuses",
              "remove the DOCTYPE and its entities; an OVF needs neither");
      default -> {
        // Comments and processing instructions say nothing.
      }
    }
  }

  private void start(XMLStreamReader reader) {
    Place place = place(reader.getLocation());
    attributes += reader.getAttributeCount();
    if (++elements > Limits.ELEMENTS
        || open.size() >= Limits.DEPTH
        || attributes > Limits.ATTRIBUTES) {
      throw new OvfInvalid(
          "OVF-100",
          place,
          open.size() >= Limits.DEPTH
              ? "elements are more than " + Limits.DEPTH + " deep"
              : "there are more elements or attributes than any appliance has",
          "get the appliance from its publisher again");
    }
    String name =
        OldSections.modernName(reader.getLocalName(), reader.getAttributeValue(XSI, "type"));
    XmlElement element = new XmlElement(nonNull(reader.getNamespaceURI()), name, place);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.addAttribute(
          nonNull(reader.getAttributeNamespace(i)),
          reader.getAttributeLocalName(i),
          reader.getAttributeValue(i));
    }
    if (open.isEmpty()) {
      root = element;
    } else {
      open.peek().addChild(element);
    }
    open.push(element);
    texts.push(new StringBuilder());
  }

  private static String nonNull(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void text(XMLStreamReader reader) {
    StringBuilder text = texts.peek();
    if (text == null) {
      return;
    }
    if (text.length() + reader.getTextLength() > Limits.TEXT_CHARS) {
      throw new OvfInvalid(
          "OVF-100",
          place(reader.getLocation()),
          "an element holds more than " + Limits.TEXT_CHARS + " characters",
          "get the appliance from its publisher again");
    }
    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  private Place place(Location at) {
    return new Place(file, Math.max(at.getLineNumber(), 0), Math.max(at.getColumnNumber(), 0));
  }

  private static OvfInvalid broken(Place place, Exception cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    // The JDK repeats the place on a line of its own before the message.
    String text = message.replaceFirst("(?s)^ParseError at .*?\\nMessage: ", "").strip();
    boolean encoding = text.matches("(?s).*(?i)(byte .* of .*UTF-8|encoding|invalid byte).*");
    return new OvfInvalid(
        "OVF-100",
        place,
        "the descriptor is no well-formed XML: " + SafeName.shown(text),
        encoding
            ? "save it in the encoding that its first line declares, or correct that line"
            : "correct the descriptor there, or export the appliance again");
  }
}
