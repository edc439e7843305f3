package dev.drover.mappings.assess;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Guest;
import java.util.List;
import java.util.regex.Pattern;

/** VMware Tools, integration services, the qemu agent. */
final class GuestAgent implements Check {
  static final KnownFinding MISSING =
      KnownFinding.warning(
          "GUEST-040",
          "runs without an agent in the guest (VMware Tools, integration services)",
          "install or start it before the export: without it Drover knows neither addresses nor file systems, and cannot shut the guest down cleanly");

  static final KnownFinding OUTDATED =
      KnownFinding.info(
          "GUEST-041",
          "the agent in the guest is out of date",
          "update it if the VM is to be copied while it runs; it is removed after the move");

  static final KnownFinding UNKNOWN =
      KnownFinding.info(
          "GUEST-042",
          "no agent is known to run in the guest: none is installed, or the source does not say",
          "install one, or see at the source that the guest can be shut down cleanly");

  @Override
  public List<KnownFinding> findings() {
    return List.of(MISSING, OUTDATED, UNKNOWN);
  }

  /** vSphere's words for its Tools, as exports carry them on. */
  private static final Pattern NONE = Pattern.compile("(?i)not ?installed");

  private static final Pattern OLD =
      Pattern.compile("(?i)tools ?old|need ?upgrade|out ?of ?date|outdated");

  @Override
  public void look(Subject vm, Told told) {
    Guest.Tools tools = vm.vm().guest().tools();
    if (!vm.on()) {
      return;
    }
    if (tools == null) {
      told.add(UNKNOWN, "");
      return;
    }
    String words = tools.product() + " " + (tools.version() == null ? "" : tools.version());
    words = words.substring(0, Math.min(200, words.length()));
    if (tools.running() == Answer.NO || NONE.matcher(words).find()) {
      told.add(MISSING, words.strip());
    } else if (OLD.matcher(words).find()) {
      told.add(OUTDATED, words.strip());
    }
  }
}
