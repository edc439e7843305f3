package dev.drover.kube.manifest;

import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.target.TargetVm;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Labels and annotations: the user's, and Drover's own over them, sorted. */
final class Metadata {
  private static final int VM_DIGITS = 16;

  private Metadata() {}

  static Map<String, Object> of(
      TargetVm vm, String name, @Nullable String runId, Map<String, String> moreAnnotations) {
    Map<String, String> annotations = new TreeMap<>(vm.annotations());
    annotations.putAll(moreAnnotations);
    annotations.put(Marks.SOURCE, vm.source().toString());
    annotations.put(Marks.SOURCE_NAME, vm.sourceName());
    return Tree.start()
        .put("name", name)
        .put("namespace", vm.namespace())
        .put("labels", labels(vm, runId))
        .put("annotations", annotations)
        .map();
  }

  static Map<String, String> labels(TargetVm vm, @Nullable String runId) {
    Map<String, String> labels = new TreeMap<>(vm.labels());
    labels.put(Marks.MANAGED_BY, Marks.DROVER);
    labels.put(Marks.VM, vmLabel(vm.source()));
    if (runId != null) {
      labels.put(Marks.RUN, runId);
    }
    return labels;
  }

  static String vmLabel(VmRef ref) {
    return Sha256.hex(ref.toString()).substring(0, VM_DIGITS);
  }
}
