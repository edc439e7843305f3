package dev.drover.importers.ova;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of a descriptor. Names are local names: writers disagree about prefixes, and the words
 * of the namespaces that meet in a descriptor do not collide where it matters.
 */
final class XmlElement {
  private record Attribute(String namespace, String name, String value) {}

  private final String namespace;
  private final String name;
  private final Place place;
  private final List<Attribute> attributes = new ArrayList<>(4);
  private final List<XmlElement> children = new ArrayList<>(4);
  private String text = "";

  XmlElement(String namespace, String name, Place place) {
    this.namespace = namespace;
    this.name = name;
    this.place = place;
  }

  void addAttribute(String attributeNamespace, String local, String value) {
    attributes.add(new Attribute(attributeNamespace, local, value));
  }

  void addChild(XmlElement child) {
    children.add(child);
  }

  void setText(String value) {
    text = value;
  }


  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  Place place() {
    return place;
  }

  /** Its own text without that of its children, trimmed. */
  String text() {
    return text;
  }

  List<XmlElement> children() {
    return children;
  }

  /** Children of one name, in order. */
  Stream<XmlElement> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName));
  }

  /** The first child of one name, or null. */
  @Nullable XmlElement first(String childName) {
    return all(childName).findFirst().orElse(null);
  }

  /** The text of the first child of one name, or null where it is missing or empty. */
  @Nullable String textOf(String childName) {
    XmlElement child = first(childName);
    return child == null || child.text.isEmpty() ? null : child.text;
  }

  /** An attribute of OVF itself or without a namespace, or null. */
  @Nullable String attribute(String local) {
    return attributes.stream()
        .filter(a -> a.name.equals(local) && (a.namespace.isEmpty() || OvfNames.isOvf(a.namespace)))
        .map(Attribute::value)
        .findFirst()
        .orElse(null);
  }

  /** An attribute of another namespace than OVF, or null. */
  @Nullable String foreign(String local) {
    return attributes.stream()
        .filter(a -> a.name.equals(local) && !OvfNames.isOvf(a.namespace))
        .map(Attribute::value)
        .findFirst()
        .orElse(null);
  }

  /** {@code ovf:required}, which is true where it is not written. */
  boolean required() {
    String value = attribute("required");
    return value == null || !(value.equals("false") || value.equals("0"));
  }
}
