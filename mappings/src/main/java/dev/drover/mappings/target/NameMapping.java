package dev.drover.mappings.target;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.plan.Names;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Name, namespace, labels and annotations at the target. */
final class NameMapping {
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  /** What Kubernetes allows for all annotations of an object together, less Drover's own. */
  private static final int MOST_ANNOTATIONS = 256 * 1024 - 4096;

  private NameMapping() {}

  /** Empty where the plan's own name is none, which is a blocker. */
  static Optional<String> name(Mapping m) {
    String wanted = m.vmPlan().targetName();
    if (wanted != null) {
      if (DnsLabel.valid(wanted)) {
        return Optional.of(wanted);
      }
      m.blocker(
          "NAME-001",
          "the plan's target name is no DNS label (RFC 1123): at most 63 of a-z, 0-9 and -",
          PlanLines.setting(m.vmPlan(), "targetName: " + DnsLabel.of(wanted)),
          wanted);
      return Optional.empty();
    }
    String whole =
        m.plan().naming().prefix() + m.vmPlan().sourceName() + m.plan().naming().suffix();
    String name = Names.of(m.plan().naming(), m.vmPlan());
    if (!name.equals(whole)) {
      m.info(
          "NAME-002",
          "its name is no DNS label (RFC 1123); it is renamed, and an annotation keeps the old name",
          PlanLines.setting(m.vmPlan(), "targetName: NAME") + " for another name",
          whole + " becomes " + name);
    }
    return Optional.of(name);
  }

  /** Empty where the plan's namespace is none, which is a blocker. */
  static Optional<String> namespace(Mapping m) {
    String wanted = m.settings().namespace();
    if (wanted == null) {
      return Optional.of("default");
    }
    if (DnsLabel.valid(wanted)) {
      return Optional.of(wanted);
    }
    m.blocker(
        "NAME-003",
        "the plan's namespace is no DNS label (RFC 1123)",
        PlanLines.setting(m.vmPlan(), "namespace: " + DnsLabel.of(wanted)),
        wanted);
    return Optional.empty();
  }

  /** Refuses what the cluster would refuse after the disks are copied. */
  static void marks(Mapping m) {
    for (Map.Entry<String, String> label : m.settings().labels().entrySet()) {
      if (!KEY.matcher(label.getKey()).matches()
          || !LABEL_VALUE.matcher(label.getValue()).matches()) {
        m.blocker(
            "NAME-004",
            "a label of the plan is none that Kubernetes takes",
            "use at most 63 letters, digits, -, _ and . for the value, and a key like"
                + " example.com/name",
            label.getKey() + "=" + label.getValue());
      }
    }
    long size = 0;
    for (Map.Entry<String, String> annotation : m.settings().annotations().entrySet()) {
      size += annotation.getKey().length() + (long) annotation.getValue().length();
      if (!KEY.matcher(annotation.getKey()).matches()) {
        m.blocker(
            "NAME-005",
            "the key of an annotation of the plan is none that Kubernetes takes",
            "use a key like example.com/name",
            annotation.getKey());
      }
    }
    if (size > MOST_ANNOTATIONS) {
      m.blocker(
          "NAME-006",
          "the plan's annotations are longer than Kubernetes takes",
          "shorten them to less than 256 KiB together",
          size + " characters");
    }
  }
}
