package dev.drover.mappings.waves;

import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.yaml.YamlTree;

/** Names that a plan file cannot hold. */
public final class LongNames {
  /** Why such a VM stays, for people. */
  public static final String REASON = "one of its names is too long for a plan";

  /** YAML allows a key on one line 1024 characters, escapes included. */
  private static final int LONGEST_ID = 150;

  private LongNames() {}

  /** Whether a VM has one. */
  public static boolean has(SourceVm vm) {
    return isLong(vm.ref().toString())
        || isLong(vm.name())
        || vm.nics().stream().anyMatch(LongNames::of);
  }

  private static boolean of(SourceNic nic) {
    String network = nic.network();
    return nic.id().length() > LONGEST_ID || (network != null && isLong(network));
  }

  private static boolean isLong(String text) {
    return text.length() > YamlTree.LONGEST_TEXT;
  }
}
