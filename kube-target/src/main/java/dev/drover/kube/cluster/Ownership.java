package dev.drover.kube.cluster;

import dev.drover.kube.manifest.Manifest;
import dev.drover.kube.manifest.Marks;
import dev.drover.mappings.failure.TargetFailed;

/** Tells what Drover made for a VM from what it must not touch. */
final class Ownership {
  private Ownership() {}

  /** Whether an object was made for the VM that this manifest was rendered for. */
  static boolean isOurs(Resource object, Manifest manifest) {
    return Marks.DROVER.equals(object.label(Marks.MANAGED_BY))
        && !vmMark(manifest).isEmpty()
        && vmMark(manifest).equals(object.label(Marks.VM));
  }

  /** The mark of the VM that this manifest was rendered for. */
  static String vmMark(Manifest manifest) {
    return new Resource(manifest.body()).label(Marks.VM);
  }

  /** Selects all objects that Drover made for that VM. */
  static String selector(Manifest manifest) {
    return Marks.MANAGED_BY + "=" + Marks.DROVER + "," + Marks.VM + "=" + vmMark(manifest);
  }

  /** Who has it, for people. */
  static String holder(Resource object) {
    if (!Marks.DROVER.equals(object.label(Marks.MANAGED_BY))) {
      return "it is not Drover's";
    }
    String source = object.annotation(Marks.SOURCE);
    return "Drover made it for another VM" + (source.isEmpty() ? "" : " (" + source + ")");
  }

  /** The name is taken. */
  static TargetFailed taken(String subject, Resource object) {
    return new TargetFailed(
        subject,
        "an object of that name is there, and " + holder(object),
        "give this VM another name in the plan, or remove that object yourself");
  }
}
