package dev.drover.importers.ova;

import dev.drover.mappings.model.Finding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports who signed a manifest. A {@code .cert} file has one line {@code SHA256(web.mf)= hex of the
 * signature} and the signer's certificate in PEM (DSP0243). Whether the signer is trusted is not
 * decided here.
 */
final class Certificate {
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?m)^\\s*(SHA-?1|SHA-?256|SHA-?384|SHA-?512)\\s*\\([^)\\r\\n]+\\)\\s*=\\s*([0-9A-Fa-f]+)\\s*$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  private final Clock clock;

  Certificate(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is to be said of a signature.
   *
   * @param manifest the bytes of the manifest, or null where there is none
   * @param shown what messages call the certificate's file
   */
  Finding report(byte[] file, byte @Nullable [] manifest, String shown) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      return unusable(shown, "it holds no X.509 certificate in PEM");
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(
                          pem.group().getBytes(StandardCharsets.ISO_8859_1)));
      boolean verified = verifies(text, manifest, certificate);
      return finding(certificate, verified, shown);
    } catch (GeneralSecurityException | RuntimeException e) {
      return unusable(shown, String.valueOf(e.getMessage()));
    }
  }

  private static boolean verifies(
      String text, byte @Nullable [] manifest, X509Certificate certificate)
      throws GeneralSecurityException {
    Matcher line = SIGNATURE.matcher(text);
    if (manifest == null || !line.find() || line.group(2).length() % 2 != 0) {
      return false;
    }
    String digest = line.group(1).toUpperCase(Locale.ROOT).replace("-", "");
    String key = certificate.getPublicKey().getAlgorithm();
    Signature signature =
        Signature.getInstance(digest + "with" + (key.equals("EC") ? "ECDSA" : key));
    signature.initVerify(certificate.getPublicKey());
    signature.update(manifest);
    return signature.verify(HexFormat.of().parseHex(line.group(2)));
  }

  private Finding finding(X509Certificate certificate, boolean verified, String shown) {
    boolean expired = clock.instant().isAfter(certificate.getNotAfter().toInstant());
    boolean early = clock.instant().isBefore(certificate.getNotBefore().toInstant());
    String evidence =
        "subject "
            + certificate.getSubjectX500Principal()
            + ", issuer "
            + certificate.getIssuerX500Principal()
            + ", valid from "
            + certificate.getNotBefore().toInstant()
            + " to "
            + certificate.getNotAfter().toInstant();
    if (!verified) {
      return Finding.warning(
              "OVF-007",
              "the signature in " + shown + " does not fit the manifest",
              "get the appliance from its publisher again, or take it as unsigned")
          .with(evidence);
    }
    if (expired || early) {
      return Finding.warning(
              "OVF-007",
              "the manifest is signed with a certificate that "
                  + (expired ? "has expired" : "is not valid yet"),
              "decide whether you trust its signer; Drover does not")
          .with(evidence);
    }
    return Finding.info(
            "OVF-007",
            "the manifest is signed and the signature fits",
            "decide whether you trust its signer; Drover does not")
        .with(evidence);
  }

  private static Finding unusable(String shown, String why) {
    return Finding.warning(
            "OVF-007",
            "the certificate in " + shown + " cannot be read",
            "take the appliance as unsigned, or get it from its publisher again")
        .with(SafeName.shown(why));
  }
}
