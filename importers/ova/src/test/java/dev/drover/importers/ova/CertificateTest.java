package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Finding;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateTest {
  private static final byte[] MANIFEST = "SHA256(web.ovf)= 00\n".getBytes(StandardCharsets.UTF_8);

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init") // See sign().
  private static X509Certificate certificate;

  @SuppressWarnings("NullAway.Init") // See sign().
  private static byte[] signed;

  private byte[] file = signed;

  /** keytool makes the certificate; it comes with every JDK. */
  @BeforeAll
  static void sign(@TempDir Path keys) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Assumptions.assumeTrue(Files.isExecutable(keytool), "keytool is missing in " + keytool);
    Path store = keys.resolve("store.p12");
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=Acme Appliances",
                    "-validity",
                    "100",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit",
                    "-storetype",
                    "PKCS12"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    KeyStore stored = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      stored.load(in, "changeit".toCharArray());
    }
    certificate = (X509Certificate) stored.getCertificate("a");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign((PrivateKey) stored.getKey("a", "changeit".toCharArray()));
    signature.update(MANIFEST);
    signed =
        ("SHA256(web.mf)= "
                + HexFormat.of().formatHex(signature.sign())
                + "\n-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  private Finding report(byte[] manifest, Instant now) {
    return new Certificate(Clock.fixed(now, ZoneOffset.UTC)).report(file, manifest, "web.cert");
  }

  @Test
  void reportsWhoSignedAndThatItFits() {
    Finding finding = report(MANIFEST, certificate.getNotBefore().toInstant().plusSeconds(60));
    assertEquals(Finding.Severity.INFO, finding.severity());
    assertTrue(finding.evidence().contains("subject CN=Acme Appliances"), finding.evidence());
    assertTrue(finding.evidence().contains("issuer CN=Acme Appliances"), finding.evidence());
    assertTrue(
        finding.evidence().contains(certificate.getNotAfter().toInstant().toString()),
        finding.evidence());
  }

  @Test
  void saysThatTheSignatureIsForAnotherManifest() {
    Finding finding = report(new byte[] {1}, Instant.now());
    assertEquals(Finding.Severity.WARNING, finding.severity());
    assertTrue(finding.what().contains("does not fit"), finding.what());
  }

  @Test
  void saysThatTheCertificateHasExpiredOrIsNotValidYet() {
    Instant end = certificate.getNotAfter().toInstant();
    assertTrue(report(MANIFEST, end.plusSeconds(1)).what().contains("has expired"));
    Instant start = certificate.getNotBefore().toInstant();
    assertTrue(report(MANIFEST, start.minusSeconds(1)).what().contains("not valid yet"));
  }

  @Test
  void saysThatACertificateCannotBeRead() {
    for (String text :
        List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
      file = text.getBytes(StandardCharsets.US_ASCII);
      assertTrue(report(MANIFEST, Instant.now()).what().contains("cannot be read"), text);
    }
  }

  @Test
  void isReportedForTheVm() {
    Listing.write(folder.resolve("web.ovf"), Ovfs.simple("web"));
    Listing.write(folder.resolve("web.cert"), file);
    assertEquals(1, Listing.findings(Listing.vm(folder.resolve("web.ovf")), "OVF-007").size());
  }
}
