package dev.drover.converters.nbd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and a server's certificate for localhost. */
final class Certificates {
  private Certificates() {}

  /** Makes them in a folder. */
  static Path make(Path folder) throws IOException {
    assumeTrue(Images.has("openssl"), "openssl is missing: apt-get install openssl");
    Path at = Files.createDirectory(folder.resolve("tls"));
    String ca = at.resolve("ca-cert.pem").toString();
    String caKey = at.resolve("ca-key.pem").toString();
    String request = at.resolve("server.csr").toString();
    Images.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=test ca",
        "-days",
        "2",
        "-keyout",
        caKey,
        "-out",
        ca);
    Images.run(
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-keyout",
        at.resolve("server-key.pem").toString(),
        "-out",
        request);
    Path names = Files.writeString(at.resolve("names"), "subjectAltName=DNS:localhost");
    Images.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        request,
        "-CA",
        ca,
        "-CAkey",
        caKey,
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        names.toString(),
        "-out",
        at.resolve("server-cert.pem").toString());
    return at;
  }

  /** What qemu-nbd needs to show them. */
  static String server(Path certificates) {
    return "tls-creds-x509,id=tls0,endpoint=server,verify-peer=no,dir=" + certificates;
  }

  /** Trusts their authority and nobody else. */
  static SSLContext trusted(Path certificates) throws Exception {
    Path ca = certificates.resolve("ca-cert.pem");
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(ca)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
