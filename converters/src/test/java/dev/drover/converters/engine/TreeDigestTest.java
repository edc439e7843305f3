package dev.drover.converters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.DiskDigest;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest against its specification, docs/disk-digest.md. */
class TreeDigestTest {
  private static final int CHUNK = 4 << 20;

  @Test
  void hasTheTestVectorsOfItsSpecification() throws IOException {
    byte[] tail = new byte[512];
    Arrays.fill(tail, (byte) -1);
    TreeDigest withTail = new TreeDigest();
    withTail.addZeros(CHUNK);
    withTail.add(TreeDigest.leaf(tail, tail.length), tail.length);
    List<String> digests = List.of(zeros(0), zeros(512), zeros(CHUNK), withTail.finish().hex());
    List<String> vectors =
        Files.readAllLines(specification()).stream()
            .filter(line -> line.matches("\\| .* \\| `[0-9a-f]{64}` \\|"))
            .map(line -> line.replaceAll(".*`([0-9a-f]{64})`.*", "$1"))
            .toList();
    assertEquals(vectors, digests);
  }

  @Test
  void hasAPartForEachGibibyteThatIsTheDigestOfItsLeaves() throws Exception {
    byte[] one = new byte[CHUNK];
    one[0] = 1;
    TreeDigest digest = new TreeDigest();
    digest.addZeros(DiskDigest.PART - CHUNK);
    digest.add(TreeDigest.leaf(one, CHUNK), CHUNK);
    digest.addZeros(DiskDigest.PART + 2L * CHUNK);
    digest.add(TreeDigest.leaf(one, 512), 512);
    MessageDigest first = MessageDigest.getInstance("SHA-256");
    MessageDigest second = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 255; i++) {
      first.update(TreeDigest.zeroLeaf(CHUNK));
      second.update(TreeDigest.zeroLeaf(CHUNK));
    }
    first.update(TreeDigest.leaf(one, CHUNK));
    second.update(TreeDigest.zeroLeaf(CHUNK));
    MessageDigest last = MessageDigest.getInstance("SHA-256");
    last.update(TreeDigest.zeroLeaf(CHUNK));
    last.update(TreeDigest.zeroLeaf(CHUNK));
    last.update(TreeDigest.leaf(one, 512));
    List<String> parts =
        Stream.of(first, second, last).map(d -> HexFormat.of().formatHex(d.digest())).toList();
    assertEquals(parts, digest.finish().parts());
    assertEquals(List.of(), new TreeDigest().finish().parts());
  }

  @Test
  void goesOnFromWhatWasSavedAnywhere() throws IOException {
    Random random = new Random(5);
    TreeDigest whole = new TreeDigest();
    TreeDigest again = new TreeDigest();
    for (int i = 0; i < 1000; i++) {
      byte[] leaf = new byte[32];
      random.nextBytes(leaf);
      long zeros = random.nextInt(3) * (long) CHUNK;
      whole.add(leaf, CHUNK);
      whole.addZeros(zeros);
      again.add(leaf, CHUNK);
      again.addZeros(zeros);
      again = TreeDigest.read(new DataInputStream(new ByteArrayInputStream(saved(again))));
    }
    assertEquals(whole.finish(), again.finish());
  }

  @Test
  void savesLittleOfALargeDisk() throws IOException {
    TreeDigest digest = new TreeDigest();
    digest.addZeros((4L << 40) - CHUNK);
    assertTrue(saved(digest).length < 4096 * 32 + (9 << 10), "saved: " + saved(digest).length);
  }

  private static byte[] saved(TreeDigest digest) throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    digest.write(new DataOutputStream(saved));
    return saved.toByteArray();
  }

  private static String zeros(long length) {
    TreeDigest digest = new TreeDigest();
    digest.addZeros(length);
    return digest.finish().hex();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 512, 4194303, 4194304, 4194305, 12582912, 13000192})
  void agreesWithTheReferenceImplementation(long size, @TempDir Path folder) throws Exception {
    Path raw = folder.resolve("disk.raw");
    Disks.random(raw, size, size);
    Path script = folder.resolve("digest.py");
    String text = Files.readString(specification());
    int from = text.indexOf("```python\n") + "```python\n".length();
    Files.writeString(script, text.substring(from, text.indexOf("```", from)));
    QemuImg.Outcome python = QemuImg.program(List.of("python3", script.toString(), raw.toString()));
    try (var reader = Disks.readBack(Disks.to(raw, DiskFormat.RAW, false))) {
      DiskDigest digest = CopyEngine.digest("disk", reader, Progress.NONE);
      assertEquals(python.output().strip(), digest.hex());
      assertEquals("sha256-tree-4MiB", digest.algorithm());
    }
  }

  private static Path specification() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("docs/disk-digest.md");
      if (Files.exists(file)) {
        return file;
      }
    }
    assumeTrue(false, "docs/disk-digest.md is not above the working directory");
    throw new AssertionError();
  }
}
