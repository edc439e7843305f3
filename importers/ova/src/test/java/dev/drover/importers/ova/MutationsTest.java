package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken input gives failures and nothing else, whatever breaks. The seeds are fixed. */
final class MutationsTest {
  private static final int ROUNDS = 150;
  private static final List<String> WORDS =
      List.of(
          "-1",
          "0",
          "99999999999999999999",
          "<",
          ">",
          "\"",
          "&",
          "&#0;",
          "]]>",
          "<!--",
          "ovf:",
          "../",
          "/",
          "${x}",
          "\u0000",
          "<Item>",
          "</Item>",
          "<!DOCTYPE a>",
          "%",
          "%zz",
          "NaN",
          "vmdisk1",
          "file1",
          "<VirtualSystem>",
          "ovf:parentRef=\"vmdisk1\" ",
          "byte * 2^99",
          "~2");

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  private static List<String> samples() {
    String options =
        "<DeploymentOptionSection><Info/><Configuration ovf:id=\"s\"/></DeploymentOptionSection>";
    String nic =
        Ovfs.item(
            7, 10, Ovfs.field("Address", "00:50:56:00:00:01") + Ovfs.field("Connection", "n"));
    return List.of(
        Ovfs.simple("web"),
        Ovfs.simple("web", "a b%20c.vmdk.gz", nic)
            .replace("<NetworkSection>", options + "<NetworkSection>"),
        Ovfs.simple("web")
            .replace("ovf:id=\"file1\"", "ovf:id=\"file1\" ovf:size=\"9\" ovf:chunkSize=\"4\""),
        Ovfs.simple("web")
            .replace("ovf:capacity=\"1\"", "ovf:capacity=\"${k}\"")
            .replace(
                "</VirtualSystem>",
                "<ProductSection><Property ovf:key=\"k\" ovf:value=\"3\"/></ProductSection></VirtualSystem>"),
        Ovfs.envelope(
            "<VirtualSystemCollection ovf:id=\"c\">"
                + Ovfs.system("x", Ovfs.hardware(Ovfs.cpu(1) + Ovfs.memory(64)))
                + "<StartupSection><Item ovf:id=\"x\" ovf:order=\"1\"/></StartupSection></VirtualSystemCollection>"));
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(copy.length);
      switch (random.nextInt(5)) {
        case 0 -> copy[at] = (byte) random.nextInt(256);
        case 1 -> copy = Arrays.copyOf(copy, Math.max(1, at));
        case 2 ->
            copy = spliced(copy, at, Math.min(copy.length, at + random.nextInt(40)), new byte[0]);
        case 3 -> {
          byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
          copy = spliced(copy, at, at, word);
        }
        default -> {
          int end = Math.min(copy.length, at + random.nextInt(300));
          copy = spliced(copy, at, at, Arrays.copyOfRange(copy, at, end));
        }
      }
    }
    return copy;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = new byte[from + with.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }

  /** Lists and opens everything; anything but a Failure ends the test. */
  private static int[] use(Path location) {
    int[] counts = new int[2];
    try (VmSource source = Listing.source(location, Map.of());
        Stream<Discovery> all = source.list()) {
      all.forEach(
          one -> {
            counts[one instanceof Discovery.Found ? 0 : 1]++;
            if (one instanceof Discovery.Found found) {
              open(source, found.vm());
            }
          });
    }
    return counts;
  }

  private static void open(VmSource source, SourceVm vm) {
    try (VmSnapshot snapshot = source.open(vm.ref())) {
      for (SourceDisk disk : snapshot.vm().disks()) {
        try {
          snapshot.disk(disk.id());
        } catch (Failure expected) {
          assertTrue(expected.what().length() > 5);
        }
      }
    } catch (Failure expected) {
      assertTrue(expected.what().length() > 5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aBrokenDescriptorGivesVmsOrFailures(int sample) {
    Random random = new Random(4711 + sample);
    byte[] bytes = samples().get(sample).getBytes(StandardCharsets.UTF_8);
    Path file = Listing.write(folder.resolve("web.ovf"), bytes);
    assertEquals(1, use(file)[0], "the sample itself is sound");
    int bad = 0;
    for (int i = 0; i < ROUNDS; i++) {
      bad += use(Listing.write(file, mutated(bytes, random)))[1];
    }
    assertTrue(bad > ROUNDS / 10, "mutations that break something: " + bad);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBrokenArchiveGivesVmsOrFailures(boolean gzip) {
    Random random = new Random(815);
    byte[] plain =
        new Tars()
            .file("web.ovf", Ovfs.simple("web"))
            .file("web.mf", "SHA1(disk1.vmdk)= " + "ab".repeat(20))
            .file("long/".repeat(40) + "x", "x")
            .file("disk1.vmdk", "KDMV")
            .bytes();
    byte[] bytes = gzip ? Tars.gzip(plain) : plain;
    int bad = 0;
    for (int i = 0; i < ROUNDS * 2; i++) {
      bad += use(Listing.write(folder.resolve("web.ova"), mutated(bytes, random)))[1];
    }
    assertTrue(bad > ROUNDS / 10, "mutations that break something: " + bad);
  }
}
