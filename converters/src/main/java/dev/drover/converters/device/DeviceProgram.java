package dev.drover.converters.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program of util-linux on a device, with nothing of Drover's own environment. */
final class DeviceProgram {
  private static final int WORDS = 4 << 10;

  private DeviceProgram() {}

  /**
   * How it ended.
   *
   * @param said by it, at most 4 KiB
   */
  record Outcome(int exit, String said) {}

  /**
   * Runs to the end. The device is its standard input: so it cannot get another one, and none of
   * the programs makes a plain file where the device is not there any more.
   *
   * @throws IOException where the program is not there
   */
  static Outcome run(Path device, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(device.toFile()))
            .redirectErrorStream(true);
    String path = System.getenv().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PATH", path + ":/usr/sbin:/usr/bin:/sbin:/bin");
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readNBytes(WORDS), StandardCharsets.UTF_8);
      out.transferTo(OutputStream.nullOutputStream());
      return new Outcome(process.waitFor(), said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.get(0) + " was stopped");
    } finally {
      process.destroyForcibly();
    }
  }
}
