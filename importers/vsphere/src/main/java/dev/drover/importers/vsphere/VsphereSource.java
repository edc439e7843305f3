package dev.drover.importers.vsphere;

import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.Hold;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.SourceCheck;
import dev.drover.importers.api.SourceLeftovers;
import dev.drover.importers.api.VmPower;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vCenter or ESXi. One session serves all threads. The id of a VM is its managed object id,
 * {@code vm-42}, which stays as long as the VM is registered.
 */
final class VsphereSource implements VmSource, SourceCheck, SourceLeftovers {
  private static final Logger LOG = LoggerFactory.getLogger(VsphereSource.class);

  private final SourceSpec spec;
  private final Options options;
  private final Session session;
  private final Collector collector;
  private final Site site;
  private @Nullable VmReader reader;
  private @Nullable Surroundings surroundings;

  VsphereSource(SourceSpec spec, Options options, Session session) {
    this.spec = spec;
    this.options = options;
    this.session = session;
    this.collector = new Collector(session);
    HostLinks links = new HostLinks(session, options.proxy());
    this.site =
        new Site(
            session,
            links,
            new Routes(session, links, options.route()),
            new Turns(options.copiesPerHost(), options.copiesPerDatastore()));
  }

  @Override
  public Stream<Discovery> list() {
    List<Discovery> before = new ArrayList<>();
    Surroundings around = Surroundings.read(collector, spec.name());
    Tags tags = isVcenter() ? Tags.read(session) : Tags.none();
    notices(before, around, tags);
    around.parts().forEach(part -> before.add(new Discovery.Around(part)));
    VmReader vms = reader(around, tags);
    AtomicLong denied = new AtomicLong();
    Stream<Discovery> found =
        collector.stream("VirtualMachine", VmReader.PATHS)
            .peek(props -> denied.addAndGet(props.denied().isEmpty() ? 0 : 1))
            .map(vms::read)
            .filter(this::wanted);
    // Not flatMap, which would hold all VMs for a caller that iterates.
    return Stream.concat(
        Stream.concat(before.stream(), found), Stream.of(denied).flatMap(this::denied));
  }

  private VmReader reader(Surroundings around, Tags tags) {
    return new VmReader(
        spec.name(), String.valueOf(session.address().host()), around, fields(), tags);
  }

  private boolean isVcenter() {
    return "VirtualCenter".equals(session.content().about.apiType);
  }

  /** What cannot be read may be what the user wants, unless a name alone decides. */
  private boolean wanted(Discovery each) {
    return each instanceof Discovery.Found found ? options.wants(found.vm()) : true;
  }

  private void notices(List<Discovery> all, Surroundings around, Tags tags) {
    Finding insecure = session.insecureFinding();
    if (insecure != null) {
      all.add(noticed(insecure));
    }
    if (tags.problem() != null) {
      all.add(
          noticed(
              Finding.warning(
                      "VSP-011",
                      "tags are unknown, so that waves and filters do not see them",
                      "see that the user may log in to the REST API and read tags")
                  .with(tags.problem())));
    }
    if (around.denied() > 0) {
      all.add(
          noticed(
              Finding.warning(
                      "VSP-012",
                      "some of its hosts, clusters, datastores or networks may not be read",
                      "give the user System.Read from the root on; see docs/vsphere.md")
                  .with(around.denied() + " properties")));
    }
  }

  private Stream<Discovery> denied(AtomicLong count) {
    return count.get() == 0
        ? Stream.empty()
        : Stream.of(
            noticed(
                Finding.warning(
                        "VSP-013",
                        "some properties of VMs may not be read and are unknown",
                        "give the user System.Read on them; see docs/vsphere.md")
                    .with(count.get() + " VMs")));
  }

  private Discovery noticed(Finding finding) {
    return new Discovery.Noticed(session.address().subject(), finding);
  }

  /** Names of custom attributes by key; empty where there are none or they may not be read. */
  private Map<Integer, String> fields() {
    Map<Integer, String> names = new HashMap<>();
    ManagedObjectReference manager = session.content().customFieldsManager;
    if (manager == null) {
      return names;
    }
    try {
      Props props =
          collector.one(
              manager, List.of("field"), session.address().subject(), "cannot list fields");
      for (CustomFieldDef each : props.all("field", CustomFieldDef.class)) {
        if (each.name != null) {
          names.put(each.key, each.name);
        }
      }
    } catch (SourceFailed e) {
      LOG.debug("reading custom attributes", e);
    }
    return names;
  }

  @Override
  public VmSnapshot open(VmRef ref) {
    return open(ref, Hold.none(""));
  }

  @Override
  public VmSnapshot open(VmRef ref, Hold hold) {
    String subject = VmMoid.subject(ref);
    Props props = collector.one(VmMoid.of(ref), VmReader.PATHS, subject, "it cannot be read");
    Discovery found = reader().read(props);
    if (found instanceof Discovery.Unreadable unreadable) {
      throw new SourceFailed(subject, unreadable.problem().what(), unreadable.problem().remedy());
    }
    return new VsphereSnapshot(site, ((Discovery.Found) found).vm(), props, surroundings(), hold);
  }

  @Override
  public Optional<VmPower> power() {
    return Optional.of(new Power(session));
  }

  @Override
  public Stream<Leftover> leftovers() {
    return new Leftovers(spec.name(), session).leftovers();
  }

  @Override
  public void remove(Leftover leftover) {
    new Leftovers(spec.name(), session).remove(leftover);
  }

  /** What VMs live on changes little: it is read once for all that are opened. */
  private synchronized Surroundings surroundings() {
    if (surroundings == null) {
      surroundings = Surroundings.read(collector, spec.name());
    }
    return surroundings;
  }

  private synchronized VmReader reader() {
    if (reader == null) {
      reader = reader(surroundings(), isVcenter() ? Tags.read(session) : Tags.none());
    }
    return reader;
  }

  @Override
  public Report check() {
    return new CheckConnection(session, collector, site.links()).check();
  }

  /** For measurements. */
  long requests() {
    return session.transport().requests();
  }

  @Override
  public void close() {
    site.links().close();
    session.close();
  }
}
