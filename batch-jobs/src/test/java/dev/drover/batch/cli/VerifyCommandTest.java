package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.DiskCheck;
import dev.drover.converters.DiskDigest;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
  /** docs/disk-digest.md: 4 MiB of zeros, then one sector of 0xff. */
  private static final String HEX =
      "97ae8cf22f9bbfccc6dc2ad9e840e98be01c751f456faca03dc6f06fb99f2ecb";

  private final CliRun cli = new CliRun();
  private final Path evidence;
  private final Path disk;

  VerifyCommandTest(@TempDir Path folder) {
    evidence = folder.resolve("web.json");
    disk = folder.resolve("web.raw");
  }

  @BeforeEach
  void write() throws IOException {
    byte[] bytes = new byte[(4 << 20) + 512];
    java.util.Arrays.fill(bytes, 4 << 20, bytes.length, (byte) 0xff);
    Files.write(disk, bytes);
    Files.writeString(
        evidence,
        """
        {"kind": "VmEvidence", "disks": [
          {"id": "d0", "claim": "web-disk0", "copied": {"read": null}},
          {"id": "d1", "claim": "web-disk1", "copied": {}, "verified": {"written":
            {"algorithm": "sha256-tree-4MiB", "hex": "%s", "size": 4194816}}}]}
        """
            .formatted(HEX));
  }

  @Test
  void saysWhichDiskOfTheEvidenceItIs() {
    assertEquals(0, cli.execute("verify", evidence.toString(), disk.toString()));
    assertTrue(cli.out().contains("same as web-disk1"), cli.out());
    assertTrue(cli.out().contains(HEX), cli.out());
  }

  @Test
  void failsWhereOneByteIsAnother() throws IOException {
    byte[] bytes = Files.readAllBytes(disk);
    bytes[7] = 1;
    Files.write(disk, bytes);
    assertEquals(1, cli.execute("verify", evidence.toString(), disk.toString()));
    assertTrue(cli.err().contains("is not what the evidence says"), cli.err());
    assertEquals(
        1, new CliRun().execute("verify", "-o", "json", evidence.toString(), disk.toString()));
  }

  @Test
  void saysInWhichGibibyteADiskDiffers() throws IOException {
    long part = DiskDigest.PART;
    try (RandomAccessFile sparse = new RandomAccessFile(disk.toFile(), "rw")) {
      sparse.setLength(2 * part + 512);
      sparse.seek(part + 5);
      sparse.write(1);
    }
    DiskDigest now = DiskCheck.of(disk, null, Progress.NONE);
    List<String> parts = new ArrayList<>(now.parts());
    parts.set(1, parts.get(0));
    Files.writeString(
        evidence,
        """
        {"kind": "VmEvidence", "disks": [
          {"id": "d1", "claim": "web-disk1", "copied": {}, "verified": {"written":
            {"algorithm": "sha256-tree-4MiB", "hex": "%s", "size": %d, "parts": %s}}}]}
        """
            .formatted(HEX, now.size(), new JsonMapper().writeValueAsString(parts)));
    assertEquals(1, cli.execute("verify", evidence.toString(), disk.toString()));
    String where = "differs in 1 of 3 parts, at bytes " + part + " to " + 2 * part;
    assertTrue(cli.err().contains(where), cli.err());
  }

  @Test
  void wantsEvidenceThatHasADigestOfTheDisk() throws IOException {
    assertEquals(
        2, cli.execute("verify", "--disk", "web-disk0", evidence.toString(), disk.toString()));
    assertTrue(cli.err().contains("no digest"), cli.err());
    Files.writeString(evidence, "{}");
    assertEquals(2, new CliRun().execute("verify", evidence.toString(), disk.toString()));
    Files.writeString(evidence, "[");
    assertEquals(2, new CliRun().execute("verify", evidence.toString(), disk.toString()));
  }
}
