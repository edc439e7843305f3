package dev.drover.mappings.plan;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.waves.LongNames;
import dev.drover.mappings.yaml.YamlText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a first plan says of one VM.
 *
 * @param leftOut why it is not in the plan, or null
 * @param remarks for comments
 * @param skippedNics ids of NICs without a network
 */
record VmLine(
    VmRef ref,
    String name,
    @Nullable String leftOut,
    List<String> remarks,
    List<String> skippedNics) {

  static VmLine of(SourceVm vm) {
    List<String> remarks = new ArrayList<>();
    if (vm.disks().isEmpty()) {
      remarks.add("has no disk that the inventory knows of");
    }
    for (Finding finding : vm.findings()) {
      if (finding.severity() == Finding.Severity.BLOCKER) {
        remarks.add(finding.code() + " " + finding.what() + "; " + finding.remedy());
      }
    }
    List<String> skipped =
        vm.nics().stream().filter(n -> n.network() == null).map(SourceNic::id).toList();
    return new VmLine(vm.ref(), vm.name(), reason(vm), List.copyOf(remarks), skipped);
  }

  private static @Nullable String reason(SourceVm vm) {
    if (vm.identity().template().isYes()) {
      return "a template";
    } else if (vm.identity().placeholder().isYes()) {
      return "a placeholder of a replication product";
    }
    return LongNames.has(vm) ? LongNames.REASON : null;
  }

  /** The remarks as comments. */
  List<String> remarkLines() {
    return remarks.stream().map(remark -> "# " + YamlText.comment(remark)).toList();
  }

  void write(YamlText yaml, TargetNames names, Writer to) throws IOException {
    write(yaml, names, "      ", to);
  }

  /** The same at another depth. */
  void write(YamlText yaml, TargetNames names, String indent, Writer to) throws IOException {
    for (String remark : remarkLines()) {
      to.write(indent + remark + "\n");
    }
    to.write(indent + "- vm: " + yaml.scalar(ref.toString()) + "\n");
    to.write(indent + "  name: " + yaml.scalar(name) + "\n");
    String targetName = names.chosen(name);
    if (targetName != null) {
      to.write(indent + "  targetName: " + targetName + "   # another VM has the name that fits\n");
    }
    if (!skippedNics.isEmpty()) {
      to.write(indent + "  nics:\n");
      for (String nic : skippedNics) {
        to.write(indent + "    " + yaml.scalar(nic) + ": {skip: true}   # it is on no network\n");
      }
    }
  }
}
