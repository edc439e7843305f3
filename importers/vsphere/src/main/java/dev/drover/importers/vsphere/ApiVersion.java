package dev.drover.importers.vsphere;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of the API that a server speaks. It answers in the version that a request's
 * SOAPAction names; fields of newer versions are then in the answers.
 */
final class ApiVersion {
  private static final String FORM = "[0-9]+(\\.[0-9]+){0,4}";

  private ApiVersion() {}

  /** As {@code vimServiceVersions.xml} beside the API says; null where there is no such list. */
  static @Nullable String ask(Transport transport, Address address) throws IOException {
    HttpRequest.Builder get =
        HttpRequest.newBuilder(address.at(address.sdk().getRawPath() + "/vimServiceVersions.xml"))
            .GET();
    return transport
        .exchange(
            get,
            (head, body) -> {
              try {
                return head.statusCode() == 200
                    ? Optional.ofNullable(read(new SoapAnswers().open(body)))
                    : Optional.<String>empty();
              } catch (XMLStreamException e) {
                throw new SoapClient.Malformed(e);
              }
            })
        .orElse(null);
  }

  /** The version of the namespace {@code urn:vim25}. */
  private static @Nullable String read(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    boolean vim = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new XMLStreamException("it declares a document type");
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        text.setLength(0);
      } else if (event == XMLStreamConstants.CHARACTERS) {
        text.append(xml.getText());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        String value = text.toString().strip();
        if (xml.getLocalName().equals("name")) {
          vim = value.equals("urn:vim25");
        } else if (vim && xml.getLocalName().equals("version") && value.matches(FORM)) {
          return value;
        }
      }
    }
    return null;
  }

  static boolean isUsable(@Nullable String version) {
    return version != null && version.matches(FORM);
  }
}
