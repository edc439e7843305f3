package dev.drover.batch.report;

import dev.drover.mappings.report.Assessment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code report.json}, of which {@link ReportSchema} is the schema: what is the same for the
 * estate first, then the VMs, one a line. Texts are as the source has them.
 */
final class JsonReport {
  static final String API_VERSION = "drover.dev/v1alpha1";
  static final String KIND = "AssessmentReport";

  private final Assessment assessment;
  private final String version;

  JsonReport(Assessment assessment, String version) {
    this.assessment = assessment;
    this.version = version;
  }

  /** Writes the document. */
  void write(VmSpool vms, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      String separator = "{\n";
      for (Map.Entry<String, Object> member : members().entrySet()) {
        write(out, separator + "\"" + member.getKey() + "\": ");
        out.write(VmSpool.JSON.writeValueAsBytes(member.getValue()));
        separator = ",\n";
      }
      write(out, separator + "\"vms\": [\n");
      vms.copyTo(out);
      write(out, "]\n}\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("apiVersion", API_VERSION);
    members.put("kind", KIND);
    members.put("drover", version);
    members.put("made", assessment.made());
    members.put(
        "inventory",
        Map.of("file", assessment.inventory(), "sha256", assessment.inventoryDigest()));
    members.put(
        "policy",
        Map.of("name", assessment.policy().name(), "sha256", assessment.policy().digest()));
    members.put("profile", assessment.profile());
    members.put("totals", assessment.totals());
    members.put("unreadable", assessment.unreadable());
    members.put("notices", assessment.notices());
    members.put("sizing", assessment.sizing());
    members.put("estimate", assessment.estimate());
    members.put("waves", assessment.waves().waves());
    members.put("leftOut", assessment.waves().leftOut());
    members.put("problems", assessment.waves().problems());
    return members;
  }
}
