package dev.drover.mappings.assess;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All checks, and all that they may tell. */
public final class CheckCatalogue {
  static final KnownFinding EXPIRED =
      KnownFinding.info(
          "POL-001",
          "the exception for {} has expired, so that the finding counts again",
          "mend it, or agree on a new date in the policy");

  static final KnownFinding NOT_EVALUATED =
      KnownFinding.info(
          "POL-002",
          "the rule {} of the policy could not be evaluated for it",
          "test for unknown values in the rule, for example: vm.used != null && vm.used > 0");

  static final KnownFinding CUT =
      KnownFinding.warning(
          "VM-053",
          "has more findings than are listed for one VM",
          "mend what is listed, or leave the VM out, and assess again");

  /** Told by no check. */
  static final List<KnownFinding> OF_ALL = List.of(CUT, SameSources.TWICE, EXPIRED, NOT_EVALUATED);

  private static final List<Check> CHECKS =
      List.of(
          new MapperChecks(),
          new OsSupport(),
          new OwnAppliances(),
          new HardwareVersion(),
          new PowerUnknowns(),
          new GuestAgent(),
          new HostName(),
          new Addresses(),
          new FreeSpace(),
          new DiskPlace(),
          new DiskLimits(),
          new ChangeTracking(),
          new SnapshotChain(),
          new SharedIdentity(),
          new NodeFit(),
          new TargetFeatures(),
          new TargetNetworks(),
          new SourcePlace(),
          new StorageGaps());

  /** Importers add findings of their own: RVT-, OVF-, INV- and so on, all of this form. */
  private static final Pattern OF_AN_IMPORTER =
      Pattern.compile("(CSV|HV|INV|LV|NB|OVA|OVF|PVE|RVT|VSP)-\\d{3}");

  private CheckCatalogue() {}

  static List<Check> checks() {
    return CHECKS;
  }

  /** What the checks may tell, by check; a code is there once. */
  public static List<KnownFinding> findings() {
    return Stream.concat(
            CHECKS.stream().flatMap(check -> check.findings().stream()), OF_ALL.stream())
        .toList();
  }

  /**
   * The codes of Drover's own checks and of its mapper, sorted; those of importers are not there.
   */
  public static Set<String> codes() {
    Set<String> codes = new TreeSet<>();
    findings().forEach(f -> codes.add(f.code()));
    return codes;
  }

  /**
   * Whether a policy may name that code: one of {@link #codes()}, or one of an importer, which are
   * told by their letters since an importer need not be there when a policy is read.
   */
  public static boolean known(String code) {
    return codes().contains(code) || OF_AN_IMPORTER.matcher(code).matches();
  }
}
