package dev.drover.kube.cluster;

import dev.drover.converters.DiskDestination;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster with KubeVirt and CDI; each verb is a class of its own. */
final class ClusterTarget implements MigrationTarget {
  /** The proxy's address and CA are looked up again after this. */
  private static final Duration PROXY_HOLDS = Duration.ofMinutes(10);

  private final Api api;
  private final Rendering rendering;
  private final Preflight preflight;
  private final PrepareVolume prepare;
  private final OpenUpload upload;
  private final ApplyVirtualMachine apply;
  private final StartVirtualMachine start;
  private final ObserveVirtualMachine observe;
  private final ObserveVolume observeVolume;
  private final DiscardVirtualMachine discard;

  ClusterTarget(Api api, Rendering rendering, Patience patience) {
    this.api = api;
    this.rendering = rendering;
    LookAgain lookAgain = new LookAgain(patience);
    RemoveObject remove = new RemoveObject(api, lookAgain, patience);
    LocateProxy locate = new LocateProxy(api, new TrustProxy(api));
    Remembered<String, UploadProxy> proxy = new Remembered<>(PROXY_HOLDS, any -> locate.find());
    this.preflight = new Preflight(api, locate, rendering);
    this.prepare = new PrepareVolume(api, remove);
    this.upload = new OpenUpload(api, prepare, lookAgain, () -> proxy.get(""), patience);
    this.apply = new ApplyVirtualMachine(api);
    this.start = new StartVirtualMachine(api);
    this.observe = new ObserveVirtualMachine(api);
    this.observeVolume = new ObserveVolume(api);
    this.discard = new DiscardVirtualMachine(api, remove);
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    return preflight.check(vm);
  }

  @Override
  public DiskDestination prepareDisk(TargetVm vm, TargetDisk disk) {
    Manifest wanted = rendering.uploadVolume(vm, disk);
    Resource volume = prepare.ensure(wanted);
    return new DiskDestination.Stream(
        PrepareVolume.subject(wanted),
        volume.uid(),
        size -> upload.to(wanted, disk.size().bytes(), size));
  }

  @Override
  public List<ObjectRef> create(TargetVm vm) {
    List<ObjectRef> made = new ArrayList<>();
    for (TargetDisk disk : vm.disks()) {
      made.add(ref(Kind.DATA_VOLUME, filled(rendering.uploadVolume(vm, disk))));
    }
    made.add(ref(Kind.VIRTUAL_MACHINE, apply.apply(rendering.virtualMachine(vm))));
    return made;
  }

  @Override
  public void start(TargetVm vm) {
    if (vm.running()) {
      start.start(rendering.virtualMachine(vm));
    }
  }

  @Override
  public Health observe(TargetVm vm) {
    Health health = observe.observe(rendering.virtualMachine(vm), vm.running());
    for (TargetDisk disk : vm.disks()) {
      observeVolume.observe(rendering.uploadVolume(vm, disk));
    }
    return health;
  }

  @Override
  public List<ObjectRef> discard(TargetVm vm) {
    return discard.discard(rendering.virtualMachine(vm));
  }

  @Override
  public void close() {
    api.close();
  }

  /** A volume that has its disk: without this look a VM could be made over an empty one. */
  private Resource filled(Manifest wanted) {
    String subject = PrepareVolume.subject(wanted);
    return PrepareVolume.filled(
        subject,
        prepare
            .existing(wanted)
            .orElseThrow(() -> PrepareVolume.changed(subject, "is not there any more")));
  }

  private static ObjectRef ref(Kind kind, Resource object) {
    return new ObjectRef(kind.text(), object.namespace(), object.name(), object.uid());
  }
}
