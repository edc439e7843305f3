package dev.drover.batch.report;

import java.util.List;

/** What {@code report.html} shows, ready to be read. The template escapes all of it. */
final class Page {
  private Page() {}

  /** A chapter of the navigation. */
  record Chapter(String id, String title) {}

  /** A figure that stands alone. */
  record Tile(String label, String value, String note) {}

  /** How many VMs. */
  record Row(String key, String name, String label, String meaning, String vms, String share) {
    static Row of(String name, long vms, long all) {
      return new Row("", name, name, "", Phrases.number(vms), Phrases.share(vms, all));
    }
  }

  /** VMs by their worst finding. */
  record SeverityTile(String key, String label, String vms, String codes) {}

  /**
   * A finding over the estate, at a VM or of a source; {@code vms} and {@code share} may be empty.
   */
  record Problem(
      String place,
      String code,
      String severityKey,
      String severity,
      String what,
      String evidence,
      String remedy,
      String vms,
      String share) {}

  /** A gap of the target's storage. */
  record Gap(
      String need,
      String storageClass,
      String stateKey,
      String state,
      String vms,
      String size,
      String remedy) {}

  /** A wave. */
  record Wave(
      int number,
      String name,
      boolean pilot,
      String slot,
      String window,
      String vms,
      String data,
      String copy,
      String downtime,
      boolean late,
      String nodes) {}

  /** A VM that is at risk. */
  record Risk(
      String name,
      String place,
      String dispositionKey,
      String disposition,
      int score,
      String parts,
      List<Problem> findings) {}

  /** A line of the policy that lowers something. */
  record Exemption(String code, String reason, String expires, boolean expired, String vms) {}

  /** What to do, and why. */
  record Todo(String remedy, String why) {}

  /** To do, in order. */
  record Todos(List<Todo> items) {}

  /** Text a line. */
  record Lines(List<String> lines) {}

  /** A year's cost both ways. */
  record Cost(List<Tile> sides, List<String> parts) {}

  /** A column of the table of VMs: its name, and its bytes in base64 when they are asked for. */
  record Column(String name, java.util.function.Supplier<String> content) {
    String packed() {
      return content.get();
    }
  }
}
