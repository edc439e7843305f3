package dev.drover.mappings.assess;

import dev.drover.mappings.model.Guest;
import dev.drover.mappings.target.Platform.GuestFamily;
import dev.drover.mappings.target.SourceOutlook;
import java.time.LocalDate;
import java.util.List;

/** Whether somebody still mends the guest, and whether KubeVirt can run it. */
final class OsSupport implements Check {
  static final KnownFinding ENDED =
      KnownFinding.warning(
          "OS-040",
          "the support of its system by the maker has ended",
          "upgrade it before or after the move, or buy extended support; take a backup that does not need the guest");

  static final KnownFinding ENDS_SOON =
      KnownFinding.info(
          "OS-041",
          "the support of its system by the maker ends within a year",
          "plan the upgrade together with the move");

  static final KnownFinding NOT_RUN =
      KnownFinding.blocker(
          "OS-042",
          "its system does not run on KubeVirt, or its licence forbids it",
          "leave it where it is, or replace it");

  static final KnownFinding UNPROVEN =
      KnownFinding.warning(
          "OS-043", "nobody vouches for its system on KVM", "move a copy first and test it");

  static final KnownFinding CONTRADICTS =
      KnownFinding.info(
          "OS-044",
          "the system that its agent reports is of another family than the one it was configured for",
          "correct the guest system at the source, so that tools choose the right drivers");

  @Override
  public List<KnownFinding> findings() {
    return List.of(ENDED, ENDS_SOON, NOT_RUN, UNPROVEN, CONTRADICTS);
  }

  @Override
  public void look(Subject vm, Told told) {
    OsLife.Entry life = vm.life();
    if (life != null) {
      end(life, vm.today(), told);
      if (life.onKubeVirt() == OsLife.OnKubeVirt.no) {
        told.add(NOT_RUN, life.name());
      } else if (life.onKubeVirt() == OsLife.OnKubeVirt.unknown) {
        told.add(UNPROVEN, life.name());
      }
    }
    contradiction(vm.vm().guest(), told);
  }

  private static void end(OsLife.Entry life, LocalDate today, Told told) {
    LocalDate end = life.end();
    if (end == null) {
      return;
    }
    if (end.isBefore(today)) {
      told.add(ENDED, life.name() + ": " + end);
    } else if (end.isBefore(today.plusYears(1))) {
      told.add(ENDS_SOON, life.name() + ": " + end);
    }
  }

  /** "Other" is what people choose who do not care, and contradicts nothing. */
  private static void contradiction(Guest guest, Told told) {
    GuestFamily reported = SourceOutlook.family(guest.reportedOs());
    String word = guest.configuredOs() == null ? guest.configuredOsName() : guest.configuredOs();
    GuestFamily configured = SourceOutlook.family(word);
    if (reported != null
        && configured != null
        && reported != configured
        && reported != GuestFamily.OTHER
        && configured != GuestFamily.OTHER) {
      told.add(CONTRADICTS, "configured " + word + ", reported " + guest.reportedOs());
    }
  }
}
