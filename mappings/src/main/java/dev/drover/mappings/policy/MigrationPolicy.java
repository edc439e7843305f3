package dev.drover.mappings.policy;

import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation wants: the document beside the plan that says how findings are judged, how
 * the target is sized, what is assumed of speeds, and how waves are made.
 *
 * @param digest SHA-256 in hexadecimal over the file's bytes; empty for the default
 * @param severities by the code of a finding: what it counts as here
 * @param rules checks of the user's own
 * @param storage which class disks get: the first that matches a datastore; else the default class
 * @param dispositions in the order of the file: the first that picks a VM wins over Drover's own
 */
public record MigrationPolicy(
    String name,
    String digest,
    Map<String, Severity> severities,
    List<Exemption> exceptions,
    List<Rule> rules,
    List<Decision> dispositions,
    Labels labels,
    List<ClassChoice> storage,
    SizingPolicy sizing,
    RatesPolicy rates,
    WavesPolicy waves) {
  /** Where no policy is given. */
  public static final MigrationPolicy DEFAULT =
      new MigrationPolicy(
          "default",
          "",
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          Labels.NONE,
          List.of(),
          SizingPolicy.DEFAULT,
          RatesPolicy.DEFAULT,
          WavesPolicy.DEFAULT);

  public MigrationPolicy {
    severities = Map.copyOf(severities);
    exceptions = List.copyOf(exceptions);
    rules = List.copyOf(rules);
    dispositions = List.copyOf(dispositions);
    storage = List.copyOf(storage);
  }

  /**
   * Somebody accepts a finding. It is shown as accepted, and judged as an information until the day
   * is over.
   *
   * @param expires the last day on which it counts, in the time zone of whoever runs Drover
   */
  public record Exemption(String code, VmSelector vms, String reason, LocalDate expires) {}

  /**
   * A check of the user's own.
   *
   * @param code not one of Drover's
   * @param when an expression over the VM that is true where the finding applies
   */
  public record Rule(String code, Severity severity, String when, String what, String remedy) {}

  /** What becomes of certain VMs, whatever the checks say. */
  public record Decision(VmSelector vms, Disposition.Kind disposition, String reason) {}

  /**
   * Where the source keeps what an organisation knows of a VM. Each is {@code tag CATEGORY}, {@code
   * attribute KEY} or {@code folder}; null where nothing does.
   */
  public record Labels(
      @Nullable Label application, @Nullable Label owner, @Nullable Label criticality) {
    /** Nothing is known. */
    public static final Labels NONE = new Labels(null, null, null);
  }

  /**
   * Which class disks get.
   *
   * @param source the datastore's name; {@code *} matches any run of characters
   */
  public record ClassChoice(String source, String storageClass) {}

  /** A place at the source; exactly one of the two is there. */
  public record Label(@Nullable String tag, @Nullable String attribute) {}
}
