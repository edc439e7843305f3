package dev.drover.importers.ova;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Appliances below one location. Holds nothing between calls, so it is safe for several threads and
 * closing it does nothing.
 *
 * <p>The id of a VM is the path of its file from the location (the file's name where the location
 * is a file), {@code #}, and the {@code ovf:id} of its VirtualSystem: {@code lab/web.ova#web-1}.
 * Where two have one id, the second is {@code web-1~2}.
 */
final class OvaSource implements VmSource {
  private final String name;
  private final Path location;
  private final Options options;

  OvaSource(String name, Path location, Options options) {
    this.name = name;
    this.location = location;
    this.options = options;
  }

  @Override
  public Stream<Discovery> list() {
    if (!Files.isDirectory(location)) {
      return discover(new ApplianceSearch.Hit(location, ownName(), null));
    }
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(ApplianceSearch.in(location), 0), false)
        .flatMap(this::discover);
  }

  private String ownName() {
    return String.valueOf(location.getFileName());
  }

  private Stream<Discovery> discover(ApplianceSearch.Hit hit) {
    if (hit.problem() != null) {
      return Stream.of(unreadable(hit.problem()));
    }
    try {
      Appliance appliance =
          Appliance.open(Candidate.of(hit.path(), hit.id()), options, false);
      return appliance.systems().stream().map(system -> discover(appliance, system, hit.id()));
    } catch (Failure e) {
      return Stream.of(unreadable(e));
    }
  }

  private Discovery discover(Appliance appliance, SystemNode system, String file) {
    try {
      VmRef ref = new VmRef(name, file + "#" + system.key());
      return new Discovery.Found(appliance.read(system, ref).vm());
    } catch (Failure e) {
      return unreadable(e);
    }
  }

  private static Discovery unreadable(Failure failure) {
    String code = failure instanceof OvfInvalid invalid ? invalid.code() : "OVA-001";
    return new Discovery.Unreadable(
        failure.subject(), Finding.blocker(code, failure.what(), failure.remedy()));
  }

  @Override
  public VmSnapshot open(VmRef ref) {
    // Both halves of an id may hold a #; the file that exists decides.
    for (int at = ref.id().indexOf('#'); at >= 0; at = ref.id().indexOf('#', at + 1)) {
      Path file = file(ref.id().substring(0, at));
      if (file != null) {
        VmSnapshot snapshot = open(ref, file, ref.id().substring(0, at), ref.id().substring(at + 1));
        if (snapshot != null) {
          return snapshot;
        }
      }
    }
    throw new SourceFailed(
        "VM \"" + SafeName.shown(ref.toString()) + "\"",
        "there is no such VM in " + location,
        "take the inventory again");
  }

  private @Nullable Path file(String id) {
    if (!Files.isDirectory(location)) {
      return id.equals(ownName()) ? location : null;
    }
    Path file = SafeName.objection(id) == null ? location.resolve(id) : location;
    return Files.isRegularFile(file) ? file : null;
  }

  private @Nullable VmSnapshot open(VmRef ref, Path file, String id, String key) {
    Appliance appliance = Appliance.open(Candidate.of(file, id), options, true);
    SystemNode system = appliance.system(key);
    return system == null
        ? null
        : new OvaSnapshot(appliance.read(system, ref), appliance.files());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
