package dev.drover.importers.vsphere;

import com.vmware.vim25.DynamicData;
import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MethodFault;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Finds result or fault in an envelope. Neither document types nor entities are taken. */
final class SoapAnswers {
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private final XMLInputFactory factory = strict();
  private final DataTypes types = new DataTypes();

  private static XMLInputFactory strict() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("it refers to another document");
        });
    return factory;
  }

  /** For documents beside the API: the list of versions. */
  XMLStreamReader open(InputStream in) throws XMLStreamException {
    return factory.createXMLStreamReader(in);
  }

  /**
   * The result.
   *
   * @param returnType as yavijava's stub names it, {@code []} for several; null for none
   * @throws FaultAnswer when the envelope holds a fault
   */
  @Nullable Object read(InputStream in, @Nullable String returnType)
      throws XMLStreamException, FaultAnswer {
    XMLStreamReader xml = open(in);
    try {
      AnswerReader reader = new AnswerReader(xml, types);
      toBody(xml, reader);
      if (!reader.nextChild()) {
        throw new XMLStreamException("its body is empty");
      }
      if (xml.getLocalName().equals("Fault")) {
        throw fault(xml, reader);
      }
      return result(reader, xml, returnType);
    } finally {
      xml.close();
    }
  }

  private static void toBody(XMLStreamReader xml, AnswerReader reader) throws XMLStreamException {
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.END_DOCUMENT) {
        throw new XMLStreamException("it declares a document type, or is empty");
      }
      event = xml.next();
    }
    if (!xml.getLocalName().equals("Envelope")) {
      throw new XMLStreamException("it is no SOAP envelope but " + xml.getLocalName());
    }
    while (reader.nextChild()) {
      if (xml.getLocalName().equals("Body")) {
        return;
      }
      reader.skip();
    }
    throw new XMLStreamException("it has no body");
  }

  private @Nullable Object result(
      AnswerReader reader, XMLStreamReader xml, @Nullable String returnType)
      throws XMLStreamException {
    if (returnType == null) {
      reader.skip();
      return null;
    }
    boolean several = returnType.endsWith("[]");
    Class<?> found =
        types.find(several ? returnType.substring(0, returnType.length() - 2) : returnType);
    Class<?> type = found == null ? Object.class : found;
    List<Object> all = new ArrayList<>();
    while (reader.nextChild()) {
      if (xml.getLocalName().equals("returnval")) {
        Object value = reader.value(type);
        if (value != null && Simple.boxed(type).isInstance(value)) {
          all.add(value);
        }
      } else {
        reader.skip();
      }
    }
    if (!several) {
      return all.isEmpty() ? null : all.get(0);
    }
    Object array = Array.newInstance(type, all.size());
    for (int i = 0; i < all.size(); i++) {
      Array.set(array, i, all.get(i));
    }
    return array;
  }

  private static FaultAnswer fault(XMLStreamReader xml, AnswerReader reader)
      throws XMLStreamException {
    String text = "";
    String type = "";
    Object fault = null;
    while (reader.nextChild()) {
      switch (xml.getLocalName()) {
        case "faultstring" -> text = String.valueOf(reader.value(String.class)).strip();
        case "detail" -> {
          while (reader.nextChild()) {
            type = faultType(xml);
            fault = reader.value(Object.class);
          }
        }
        default -> reader.skip();
      }
    }
    return new FaultAnswer(type, text, fault);
  }

  /** {@code <NotAuthenticatedFault xsi:type="NotAuthenticated">}; some servers give one of both. */
  private static String faultType(XMLStreamReader xml) {
    String declared = xml.getAttributeValue(XSI, "type");
    return declared == null
        ? xml.getLocalName().replaceFirst("Fault$", "")
        : declared.substring(declared.indexOf(':') + 1).strip();
  }

  /** The type of a fault inside an answer, or an empty text. */
  static String typeOf(@Nullable LocalizedMethodFault local) {
    return local == null ? "" : typeName(local.fault);
  }

  private static String typeName(@Nullable Object fault) {
    if (fault instanceof MethodFault known) {
      return known.dynamicType != null ? known.dynamicType : known.getClass().getSimpleName();
    }
    return fault instanceof DynamicData data && data.dynamicType != null ? data.dynamicType : "";
  }

  /** A reference as people can read it. */
  static String shown(ManagedObjectReference reference) {
    return reference.type + ":" + reference.val;
  }
}
