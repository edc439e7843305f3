package dev.drover.batch.run;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.run.RunRequest.Repository;
import dev.drover.batch.state.StatusFile.VmStatus;
import dev.drover.converters.CopyResult;
import dev.drover.converters.DiskCopier;
import dev.drover.converters.DiskDestination;
import dev.drover.converters.DiskDigest;
import dev.drover.converters.Verification;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.VmPower;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.manifest.Manifest;
import dev.drover.mappings.disk.Compression;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Firmware;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import dev.drover.mappings.progress.Progress;
import dev.drover.mappings.target.MappedVm;
import dev.drover.mappings.target.Platform;
import dev.drover.mappings.target.Sizing;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source, a copier and a target over files, for one test. Every effect that the outside would see
 * is a line in {@code effects.log}, so that a process that was killed leaves its traces too.
 */
class World {
  static final String NAMESPACE = "moved";

  final Path folder;
  final List<String> messages = new ArrayList<>();
  final List<VmStatus> told = new ArrayList<>();

  /** What a test makes go wrong; the words are an effect's: {@code copy vm-1-disk0}. */
  interface Fault {
    void at(String effect);
  }

  Fault fault = effect -> {};
  PowerState power = PowerState.OFF;
  List<String> warnings = List.of();

  World(Path folder) {
    this.folder = folder;
  }

  Path plan() {
    return folder.resolve("plan.properties");
  }

  Path out() {
    return folder.resolve("out");
  }

  Repository repository() {
    return new Repository(folder.resolve("state"), null);
  }

  RunRequest request() {
    return request(List.of(), List.of());
  }

  RunRequest request(List<String> waves, List<String> vms) {
    return new RunRequest(plan(), waves, vms, repository());
  }

  /** A resume of whatever ran last. */
  RunRequest resuming() {
    return new RunRequest(null, List.of(), List.of(), repository());
  }

  RunSummary run() {
    return run(request());
  }

  RunSummary run(RunRequest request) {
    return new Runs(ports()).run(request, Progress.NONE, listener());
  }

  RunSummary resume() {
    return new Runs(ports()).resume(resuming(), Progress.NONE, listener());
  }

  RunListener listener() {
    return new RunListener() {
      @Override
      public void vm(VmStatus status) {
        synchronized (told) {
          told.add(status);
        }
      }

      @Override
      public void message(String text) {
        synchronized (messages) {
          messages.add(text);
        }
      }
    };
  }

  Ports ports() {
    return new Ports(
        file -> PlanText.read(file, out()),
        spec -> new Source(),
        (spec, run, earlier, stop) -> new Target(),
        (scratch, engine) -> new Copier(),
        this::map,
        World::collisions,
        (vm, run) ->
            List.of(
                new Manifest(
                    "kubevirt.io/v1",
                    "VirtualMachine",
                    vm.namespace(),
                    vm.name(),
                    Map.of("kind", "VirtualMachine"))),
        () -> Map.of("fake-img", "1.0"));
  }

  /** The effects so far that begin with these words. */
  List<String> effects(String... words) {
    Path log = folder.resolve("effects.log");
    if (!Files.exists(log)) {
      return List.of();
    }
    String start = String.join(" ", words);
    try {
      return Files.readAllLines(log).stream().filter(l -> l.startsWith(start)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes an effect; a line of that length is written whole or not at all. */
  void effect(String what) {
    try {
      Files.writeString(
          folder.resolve("effects.log"),
          what + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] content(String disk, int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(disk.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private MappedVm map(SourceVm vm, VmPlan vmPlan, MigrationPlan plan) {
    String blocked = said("blocked." + vm.name());
    List<Finding> findings =
        blocked == null ? List.of() : List.of(Finding.blocker("MAP-001", blocked, "mend the plan"));
    String format = said("format");
    DiskFormat storage = format == null ? DiskFormat.RAW : DiskFormat.valueOf(format);
    String name = vmPlan.targetName() == null ? vmPlan.sourceName() : vmPlan.targetName();
    boolean rehearsed = "snapshot".equals(said("whenRunning")) && vm.power() == PowerState.ON;
    List<TargetDisk> disks = new ArrayList<>();
    for (SourceDisk disk : vm.disks()) {
      disks.add(
          new TargetDisk(
              disk.id(),
              disk.id(),
              name + "-" + disk.id(),
              disk.size(),
              VmSettings.DiskBus.virtio,
              null,
              null,
              new TargetDisk.Storage(said("class"), null, null, storage, false)));
    }
    return new MappedVm(
        new TargetVm(
            vm.ref(),
            vm.name(),
            NAMESPACE,
            name,
            new Sizing.Explicit(1, 1, 1, ByteSize.ofMiB(64), null, null, null),
            new Platform(
                Firmware.Type.BIOS,
                false,
                false,
                null,
                Firmware.Clock.UTC,
                null,
                Platform.GuestFamily.LINUX),
            disks,
            List.of(),
            vm.power() == PowerState.ON && said("whenRunning") != null && !rehearsed,
            Map.of(),
            rehearsed ? Map.of(SourceRule.REHEARSAL_ANNOTATION, "true") : Map.of()),
        findings);
  }

  private static Map<VmRef, List<Finding>> collisions(Collection<TargetVm> vms) {
    Map<String, TargetVm> seen = new HashMap<>();
    Map<VmRef, List<Finding>> found = new HashMap<>();
    for (TargetVm vm : vms) {
      TargetVm other = seen.putIfAbsent(vm.path(), vm);
      if (other != null) {
        found.put(vm.source(), List.of(twice(other)));
        found.put(other.source(), List.of(twice(vm)));
      }
    }
    return found;
  }

  private static Finding twice(TargetVm other) {
    return Finding.blocker("NM-001", "also the name of " + other.source(), "name one otherwise");
  }

  /** The disk of a VM: a file with bytes that depend on its name alone. */
  private final class Source implements VmSource {
    @Override
    public Stream<Discovery> list() {
      return Stream.empty();
    }

    @Override
    public Optional<VmPower> power() {
      return said("whenRunning") == null
          ? Optional.empty()
          : Optional.of(new WorldPower(World.this));
    }

    @Override
    public VmSnapshot open(VmRef ref) {
      return open(ref, Hold.none("none"));
    }

    @Override
    public VmSnapshot open(VmRef ref, Hold hold) {
      fault.at("open " + ref.id());
      PowerState now = power().map(p -> p.state(ref)).orElse(power);
      PlanText plan = PlanText.of(plan());
      int size = plan.number("diskBytes", 4096);
      SourceVm.Builder vm =
          SourceVm.of(
              ref, Identity.ofName(ref.id()), Cpu.ofCount(3), Memory.ofSize(ByteSize.ofMiB(64)));
      for (int i = 0; i < plan.number("disks", 1); i++) {
        vm.disk(disk("disk" + i, size));
      }
      SourceVm built = vm.power(now).build();
      return new VmSnapshot() {
        private boolean held;

        @Override
        public SourceVm vm() {
          return built;
        }

        @Override
        public DiskSource disk(String diskId) {
          if (hold.snapshot() && !held) {
            held = true;
            effect("hold " + ref.id());
          }
          return sourceDisk(ref.id() + "-" + diskId, size);
        }

        @Override
        public void close() {
          if (held) {
            held = false;
            effect("free " + ref.id());
          }
        }
      };
    }

    @Override
    public void close() {}
  }

  private static SourceDisk disk(String id, int size) {
    return new SourceDisk(
        id,
        "Hard " + id,
        new ByteSize(size),
        null,
        new DiskAddress(DiskAddress.Bus.SCSI, null, 0, 0),
        new SourceDisk.Backing(
            SourceDisk.Kind.FILE, DiskFormat.RAW, id, null, Answer.UNKNOWN, null),
        SourceDisk.Sharing.NONE,
        SourceDisk.Mode.PERSISTENT,
        null,
        null,
        Answer.UNKNOWN,
        null);
  }

  Path sourceFile(String name) {
    return folder.resolve("source").resolve(name + ".raw");
  }

  private DiskSource sourceDisk(String name, int size) {
    if (size == 0) {
      return new DiskSource.Blank(name, ByteSize.ZERO);
    }
    Path file = sourceFile(name);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.write(file, content(name, size));
      }
    } catch (IOException e) {
      throw new SourceFailed(name, "cannot be made", "look at the test");
    }
    return new DiskSource.ImageFile(
        name,
        List.of(new FilePart(file, Compression.NONE, 0, size, name, null)),
        Compression.NONE,
        DiskFormat.RAW,
        new ByteSize(size),
        null,
        List.of());
  }

  /** Copies in pieces, looks at whether it shall stop, and names the file when it is whole. */
  private final class Copier implements DiskCopier {
    @Override
    public Inspection inspect(DiskSource source) {
      fault.at("inspect " + source.label());
      return new Inspection(DiskFormat.RAW, "", bytesOf(source).length);
    }

    @Override
    public CopyResult copy(DiskSource source, DiskDestination to, Progress progress) {
      DiskDestination.LocalFile file = (DiskDestination.LocalFile) to;
      Path partial = file.path().resolveSibling(file.path().getFileName() + ".partial");
      byte[] bytes = bytesOf(source);
      try {
        fault.at("copying " + source.label());
        Files.createDirectories(file.path().getParent());
        Files.write(partial, new byte[0]);
        for (int at = 0; at < bytes.length; at += 1024) {
          fault.at("piece " + source.label());
          if (progress.cancelled()) {
            throw new ConversionFailed(source.label(), "was stopped", "go on");
          }
          int n = Math.min(1024, bytes.length - at);
          Files.write(
              partial, java.util.Arrays.copyOfRange(bytes, at, at + n), StandardOpenOption.APPEND);
          progress.advance(n);
        }
        Files.move(partial, file.path(), StandardCopyOption.ATOMIC_MOVE);
        effect("copy " + source.label());
        fault.at("copy " + source.label());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        delete(partial);
        throw e;
      }
      DiskDigest digest = digest(bytes);
      return new CopyResult("fake", bytes.length, bytes.length, digest, List.of(), warnings);
    }

    @Override
    public Verification verify(
        DiskSource source, CopyResult copied, DiskDestination to, Progress progress) {
      fault.at("verify " + source.label());
      try {
        byte[] written = Files.readAllBytes(((DiskDestination.LocalFile) to).path());
        if (!digest(written).equals(copied.read())) {
          throw new ConversionFailed(source.label(), "differs from what was read", "copy it again");
        }
        effect("verify " + source.label());
        return new Verification("digest of what was written", digest(written));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static DiskDigest digest(byte[] bytes) {
    return new DiskDigest("sha256", Sha256.hex(bytes), bytes.length);
  }

  private static byte[] bytesOf(DiskSource source) {
    if (source instanceof DiskSource.Blank blank) {
      return new byte[(int) blank.size().bytes()];
    }
    try {
      return Files.readAllBytes(((DiskSource.ImageFile) source).parts().get(0).file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder a VM. */
  private final class Target implements MigrationTarget {
    private Path home(TargetVm vm) {
      return out().resolve(vm.namespace()).resolve(vm.name());
    }

    @Override
    public List<Finding> check(TargetVm vm) {
      fault.at("check " + vm.name());
      return List.of();
    }

    @Override
    public DiskDestination prepareDisk(TargetVm vm, TargetDisk disk) {
      return new DiskDestination.LocalFile(
          home(vm).resolve(disk.claim() + ".raw"), DiskFormat.RAW, false);
    }

    @Override
    public List<ObjectRef> create(TargetVm vm) {
      fault.at("creating " + vm.name());
      write(home(vm).resolve("vm.yaml"), vm.path());
      effect("create " + vm.name());
      fault.at("create " + vm.name());
      return List.of(new ObjectRef("VirtualMachine", vm.namespace(), vm.name(), ""));
    }

    @Override
    public void start(TargetVm vm) {
      fault.at("starting " + vm.name());
      effect("start " + vm.name());
      fault.at("start " + vm.name());
    }

    @Override
    public Health observe(TargetVm vm) {
      fault.at("observe " + vm.name());
      boolean whole =
          Files.exists(home(vm).resolve("vm.yaml"))
              && vm.disks().stream()
                  .allMatch(disk -> Files.exists(home(vm).resolve(disk.claim() + ".raw")));
      return whole ? Health.READY : Health.FAILED;
    }

    @Override
    public List<ObjectRef> discard(TargetVm vm) {
      fault.at("discard " + vm.name());
      Path home = home(vm);
      if (!Files.exists(home)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(home)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(World::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      effect("discard " + vm.name());
      return List.of(new ObjectRef("File", "", home.toString(), ""));
    }

    @Override
    public void close() {}
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files below a folder, relative to it, sorted. */
  static List<String> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the plan file of a test says; null where it says nothing. */
  @Nullable String said(String key) {
    return PlanText.of(plan()).text(key);
  }
}
