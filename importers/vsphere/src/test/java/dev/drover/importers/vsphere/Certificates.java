package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates of their own making, with openssl. */
final class Certificates {
  private Certificates() {}

  /**
   * One of them.
   *
   * @param packed both in a PKCS #12 file, for {@link TlsDoor}
   */
  record Made(Path pem, Path key, Path packed) {
    /** As vCenter tells it of its hosts: {@code AA:BB:…}. */
    String sha1() throws Exception {
      return openssl("x509", "-noout", "-fingerprint", "-sha1", "-in", pem.toString())
          .strip()
          .replaceFirst(".*=", "");
    }
  }

  /**
   * Makes one; skips the test where that cannot be.
   *
   * @param alternative whom it is for: {@code IP:127.0.0.1}
   */
  static Made make(Path folder, String name, String alternative) throws Exception {
    Path pem = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    Path packed = folder.resolve(name + ".p12");
    openssl(
        ("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name).split(" "),
        "-addext",
        "subjectAltName=" + alternative,
        "-keyout",
        key.toString(),
        "-out",
        pem.toString());
    openssl(
        ("pkcs12 -export -passout pass:" + TlsDoor.PASSWORD).split(" "),
        "-in",
        pem.toString(),
        "-inkey",
        key.toString(),
        "-out",
        packed.toString());
    return new Made(pem, key, packed);
  }

  private static void openssl(String[] command, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    openssl(all.toArray(String[]::new));
  }

  private static String openssl(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of("openssl"));
    all.addAll(List.of(command));
    try {
      Process openssl = new ProcessBuilder(all).redirectErrorStream(true).start();
      String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, openssl.waitFor(), said);
      return said;
    } catch (IOException e) {
      assumeTrue(false, "openssl is not installed");
      throw e;
    }
  }
}
