package dev.drover.mappings.target;

import dev.drover.mappings.target.Sizing.ObjectName;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instance types and preferences as a plan names them: {@code name} or {@code kind/name}. */
final class ObjectNames {
  /** A name of an object: RFC 1123's subdomain. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

  private static final int LONGEST = 253;

  private ObjectNames() {}

  /**
   * Null where the plan names none, or names it wrongly, which is a blocker.
   *
   * @param stem {@code Instancetype} or {@code Preference}; without a kind it is the cluster-wide
   *     one, as KubeVirt takes it
   */
  static @Nullable ObjectName parse(Mapping m, String key, @Nullable String value, String stem) {
    if (value == null) {
      return null;
    }
    String ofCluster = "VirtualMachineCluster" + stem;
    String ofNamespace = "VirtualMachine" + stem;
    int slash = value.indexOf('/');
    String kind = slash < 0 ? ofCluster : value.substring(0, slash);
    String name = value.substring(slash + 1);
    for (String known : new String[] {ofCluster, ofNamespace}) {
      if (kind.toLowerCase(Locale.ROOT).equals(known.toLowerCase(Locale.ROOT))
          && name.length() <= LONGEST
          && NAME.matcher(name).matches()) {
        return new ObjectName(known, name);
      }
    }
    m.blocker(
        "TYPE-001",
        key + " is neither a name nor KIND/NAME",
        PlanLines.setting(m.vmPlan(), key + ": NAME")
            + ", or "
            + ofNamespace
            + "/NAME for one of the namespace",
        value);
    return null;
  }
}
