package dev.drover.importers.vsphere;

import com.vmware.vim25.DynamicData;
import com.vmware.vim25.DynamicProperty;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MethodFault;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Turns elements of an answer into yavijava's types, and ends at nothing that it does not know. An
 * unknown element is kept in {@link DynamicData#dynamicProperty}; an unknown type becomes the type
 * that the field declares, or a bare {@link DynamicData}, with its name in {@link
 * DynamicData#dynamicType}; an unknown word of an enumeration becomes null. An array type as a
 * property's value becomes a Java array.
 *
 * <p>For one answer; not thread-safe.
 */
final class AnswerReader {
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int DEEPEST = 200;

  private final XMLStreamReader xml;
  private final DataTypes types;
  private int depth;

  AnswerReader(XMLStreamReader xml, DataTypes types) {
    this.xml = xml;
    this.types = types;
  }

  /**
   * The element that the reader stands on, up to its end.
   *
   * @param declared what the field or call promises; {@code Object} for nothing
   * @return null for an empty enumeration, {@code xsi:nil}, and what cannot be understood
   */
  @Nullable Object value(Class<?> declared) throws XMLStreamException {
    if (++depth > DEEPEST) {
      throw new XMLStreamException("elements are nested more than " + DEEPEST + " deep");
    }
    try {
      String name = typeName();
      if ("true".equals(xml.getAttributeValue(XSI, "nil"))) {
        skip();
        return null;
      }
      Class<?> named = name == null ? null : types.find(name);
      return read(declared, name, named);
    } finally {
      depth--;
    }
  }

  private @Nullable Object read(Class<?> declared, @Nullable String name, @Nullable Class<?> named)
      throws XMLStreamException {
    if (named == null) {
      if (declared == Object.class) {
        return name != null && name.startsWith("ArrayOf") ? items(Object.class) : anything(name);
      }
      return Simple.isSimple(declared) ? simple(declared) : structure(declared, name);
    }
    if (Simple.isSimple(named)) {
      return simple(Simple.isSimple(declared) ? declared : named);
    }
    if (named.getSimpleName().startsWith("ArrayOf")) {
      return items(itemType(named));
    }
    boolean fits = declared == Object.class || declared.isAssignableFrom(named);
    return fits ? structure(named, null) : structure(declared, name);
  }

  private @Nullable String typeName() {
    String text = xml.getAttributeValue(XSI, "type");
    return text == null ? null : text.substring(text.indexOf(':') + 1).strip();
  }

  private Class<?> itemType(Class<?> array) {
    for (Field field : types.fields(array).values()) {
      if (field.getType().isArray()) {
        return field.getType().getComponentType();
      }
    }
    return Object.class;
  }

  private Object items(Class<?> type) throws XMLStreamException {
    List<Object> all = new ArrayList<>();
    while (nextChild()) {
      Object one = value(type);
      if (one != null && Simple.boxed(type).isInstance(one)) {
        all.add(one);
      }
    }
    return array(type, all);
  }

  private static Object array(Class<?> type, List<Object> all) {
    Object array = Array.newInstance(type, all.size());
    for (int i = 0; i < all.size(); i++) {
      Array.set(array, i, all.get(i));
    }
    return array;
  }

  private @Nullable Object simple(Class<?> type) throws XMLStreamException {
    return Simple.parse(type, text());
  }

  /** The text of this element; what is nested in it is passed over. */
  private String text() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      }
    }
    return text.toString();
  }

  /** Something of which neither field nor type is known: a text, or a structure of such things. */
  private Object anything(@Nullable String name) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    Kept kept = new Kept();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        kept.add(xml.getLocalName(), value(Object.class));
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      }
    }
    if (kept.isEmpty() && name == null) {
      return text.toString();
    }
    DynamicData data = new DynamicData();
    data.dynamicType = name;
    if (kept.isEmpty()) {
      kept.add("", text.toString());
    }
    kept.into(data);
    return data;
  }

  private @Nullable Object structure(Class<?> type, @Nullable String unknownName)
      throws XMLStreamException {
    if (type == ManagedObjectReference.class) {
      ManagedObjectReference reference = new ManagedObjectReference();
      // Of no namespace: xsi:type would be found as well, were any namespace asked for.
      reference.type = String.valueOf(xml.getAttributeValue("", "type"));
      reference.val = text();
      return reference;
    }
    Object object;
    try {
      object = type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      skip();
      return null;
    }
    fill(object, type);
    if (unknownName != null) {
      mark(object, unknownName);
    }
    return object;
  }

  private static void mark(Object object, String unknownName) {
    if (object instanceof DynamicData data) {
      data.dynamicType = unknownName;
    } else if (object instanceof MethodFault fault) {
      fault.dynamicType = unknownName;
    }
  }

  private void fill(Object object, Class<?> type) throws XMLStreamException {
    Map<String, Field> fields = types.fields(type);
    Map<Field, List<Object>> lists = new HashMap<>();
    Kept kept = new Kept();
    while (nextChild()) {
      String name = xml.getLocalName();
      Field field = fields.get(name);
      if (field == null) {
        kept.add(name, value(Object.class));
        continue;
      }
      Class<?> of = field.getType();
      Class<?> item = of.isArray() ? of.getComponentType() : of;
      Object value = value(item);
      if (value == null || !Simple.boxed(item).isInstance(value)) {
        continue;
      }
      if (of.isArray()) {
        lists.computeIfAbsent(field, any -> new ArrayList<>()).add(value);
      } else {
        set(object, field, value);
      }
    }
    lists.forEach(
        (field, all) -> set(object, field, array(field.getType().getComponentType(), all)));
    kept.into(object);
  }

  private static void set(Object object, Field field, Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("yavijava's fields are public: " + field, e);
    }
  }

  /** Goes to the next child's start; false at the end of the element that it stood in. */
  boolean nextChild() throws XMLStreamException {
    int event = next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      event = next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  private int next() throws XMLStreamException {
    int event = xml.next();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new XMLStreamException("it declares a document type or uses an entity");
    }
    if (event == XMLStreamConstants.END_DOCUMENT) {
      throw new XMLStreamException("it ends in the middle of an element");
    }
    return event;
  }

  /** Passes over the rest of the element. */
  void skip() throws XMLStreamException {
    int open = 1;
    while (open > 0) {
      int event = next();
      open += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      open -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    }
  }

  /** Elements that no field takes. */
  private static final class Kept {
    private final List<DynamicProperty> all = new ArrayList<>();

    void add(String name, @Nullable Object value) {
      if (value == null) {
        return;
      }
      DynamicProperty one = new DynamicProperty();
      one.name = name;
      one.val = value;
      all.add(one);
    }

    boolean isEmpty() {
      return all.isEmpty();
    }

    void into(Object object) {
      if (all.isEmpty()) {
        return;
      }
      if (object instanceof DynamicData data) {
        data.dynamicProperty = joined(data.dynamicProperty);
      } else if (object instanceof MethodFault fault) {
        fault.dynamicProperty = joined(fault.dynamicProperty);
      }
    }

    private DynamicProperty[] joined(DynamicProperty @Nullable [] before) {
      List<DynamicProperty> list = new ArrayList<>();
      if (before != null) {
        list.addAll(Arrays.asList(before));
      }
      list.addAll(all);
      return list.toArray(DynamicProperty[]::new);
    }
  }
}
