package dev.drover.kube.manifest;

import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders what a VM becomes. The same VM gives the same manifest; only the run's label tells two
 * runs apart, and the forms without a run leave it out.
 */
public final class ManifestRenderer {
  private static final String KUBEVIRT = "kubevirt.io/v1";
  private static final String CDI = "cdi.kubevirt.io/v1beta1";

  /** Binds the claim at once, where its class would wait for a consumer: an upload is none. */
  private static final String BIND = "cdi.kubevirt.io/storage.bind.immediate.requested";

  private ManifestRenderer() {}

  /** The VirtualMachine over its claims, {@code runStrategy} as the plan wants it in the end. */
  public static Manifest virtualMachine(TargetVm vm, String runId) {
    return render(vm, runId);
  }

  /** The same without the run's label, for a folder that is committed to git. */
  public static Manifest virtualMachine(TargetVm vm) {
    return render(vm, null);
  }

  /** The DataVolume of a disk, source {@code upload}. */
  public static Manifest uploadVolume(TargetVm vm, TargetDisk disk, String runId) {
    return render(vm, disk, runId);
  }

  /** The same without the run's label. */
  public static Manifest uploadVolume(TargetVm vm, TargetDisk disk) {
    return render(vm, disk, null);
  }

  private static Manifest render(TargetVm vm, @Nullable String runId) {
    return manifest(KUBEVIRT, "VirtualMachine", vm, vm.name(), runId, Map.of(), spec(vm, runId));
  }

  private static Map<String, Object> spec(TargetVm vm, @Nullable String runId) {
    Tree spec = Tree.start().put("runStrategy", vm.running() ? "Always" : "Halted");
    if (vm.sizing() instanceof Sizing.ByInstanceType type) {
      spec.put("instancetype", name(type.type()));
    }
    spec.put("preference", name(vm.sizing().preference()));
    Map<String, Object> template =
        Tree.start()
            .put("metadata", Tree.of("labels", Metadata.labels(vm, runId)))
            .put(
                "spec",
                Tree.start()
                    .put("domain", DomainPart.of(vm))
                    .put("terminationGracePeriodSeconds", PlatformPart.grace(vm.platform()))
                    .putIf(!vm.nics().isEmpty(), "networks", NetworkPart.networks(vm))
                    .putIf(!vm.disks().isEmpty(), "volumes", volumes(vm))
                    .map())
            .map();
    return spec.put("template", template).map();
  }

  private static @Nullable Map<String, Object> name(Sizing.@Nullable ObjectName name) {
    return name == null
        ? null
        : Tree.start().put("kind", name.kind()).put("name", name.name()).map();
  }

  private static List<Object> volumes(TargetVm vm) {
    List<Object> volumes = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      volumes.add(
          Tree.start()
              .put("name", disk.name())
              .put("dataVolume", Tree.of("name", disk.claim()))
              .map());
    }
    return volumes;
  }

  private static Manifest render(TargetVm vm, TargetDisk disk, @Nullable String runId) {
    TargetDisk.Storage storage = disk.storage();
    Map<String, Object> claim =
        Tree.start()
            .put("storageClassName", storage.storageClass())
            .put(
                "accessModes",
                storage.accessMode() == null ? null : List.of(storage.accessMode().name()))
            .put("volumeMode", storage.volumeMode() == null ? null : storage.volumeMode().name())
            .put("resources", Tree.of("requests", Tree.of("storage", Quantity.of(disk.size()))))
            .map();
    Map<String, Object> spec =
        Tree.start().put("source", Tree.of("upload", Tree.empty())).put("storage", claim).map();
    return manifest(CDI, "DataVolume", vm, disk.claim(), runId, Map.of(BIND, "true"), spec);
  }

  private static Manifest manifest(
      String apiVersion,
      String kind,
      TargetVm vm,
      String name,
      @Nullable String runId,
      Map<String, String> annotations,
      Map<String, Object> spec) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("apiVersion", apiVersion);
    body.put("kind", kind);
    body.put("metadata", Metadata.of(vm, name, runId, annotations));
    body.put("spec", spec);
    return new Manifest(apiVersion, kind, vm.namespace(), name, body);
  }
}
