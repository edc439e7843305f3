package dev.drover.converters.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.converters.Images;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real block device over a file. Skips the test where this machine does not give one. */
final class LoopDevice implements AutoCloseable {
  private final Path path;

  private LoopDevice(Path path) {
    this.path = path;
  }

  static LoopDevice over(Path file, String... options) throws Exception {
    assumeTrue(Images.has("losetup"), "losetup is missing: apt-get install mount");
    List<String> words = new ArrayList<>(List.of("losetup", "--show", "--find"));
    words.addAll(List.of(options));
    words.add(file.toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(
        process.waitFor() == 0, () -> "no loop device on this machine (root needed): " + said);
    return new LoopDevice(Path.of(said.strip()));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    Images.run("losetup", "--detach", path.toString());
  }
}
