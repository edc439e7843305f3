package dev.drover.batch.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judged VMs in a temporary file, a JSON object a line: each form of the report reads them again,
 * and none of them has to hold them. First all are added, then, after a flush, they are read.
 * Adding is not thread-safe, reading is.
 */
public final class VmSpool implements AutoCloseable {
  /** Shared with report.json, whose VMs are these lines. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final Path file;
  private final OutputStream out;
  private int size;

  private VmSpool(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * An empty one, readable by this user alone.
   *
   * @throws EnvironmentFailed where no temporary file can be made
   */
  public static VmSpool create() {
    try {
      Path file = Files.createTempFile("drover-assess", ".jsonl");
      return new VmSpool(file, new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static EnvironmentFailed failed(IOException cause) {
    return new EnvironmentFailed(
        "the judged VMs",
        "cannot be kept in a temporary file",
        "make room in the folder for temporary files, about 2 KB a VM; JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER names another",
        Retry.POINTLESS,
        cause);
  }

  /** Adds one. */
  public void add(VmAssessment vm) {
    try {
      out.write(JSON.writeValueAsBytes(vm));
      out.write('\n');
      size++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Ends the adding; from now on several threads may read. */
  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Reads all, in the order in which they were added. */
  void forEach(Consumer<VmAssessment> action) {
    try {
      // Jackson escapes line feeds, so a line is a VM.
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          action.accept(JSON.readValue(line, VmAssessment.class));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes their lines, with a comma at the end of each but the last. */
  void copyTo(OutputStream to) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int left = size;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.write(line.getBytes(StandardCharsets.UTF_8));
        to.write((--left > 0 ? ",\n" : "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Removes the file. */
  @Override
  public void close() {
    try {
      out.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
