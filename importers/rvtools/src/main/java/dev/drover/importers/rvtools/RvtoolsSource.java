package dev.drover.importers.rvtools;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.VmRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The VMs of RVTools exports below one location. Each listing reads the files anew, so this is safe
 * for several threads and closing it does nothing.
 *
 * <p>The rows of one VM are spread over sheets that come one after another, so a listing holds the
 * cells of all of them, each text once, before its first VM: some 200 MiB for 100,000 VMs.
 */
final class RvtoolsSource implements VmSource {
  private final String name;
  private final Path location;
  private final Options options;

  RvtoolsSource(String name, Path location, Options options) {
    this.name = name;
    this.location = location;
    this.options = options;
  }

  /** First what is to be said of the files, then hosts and the like, then the VMs. */
  @Override
  public Stream<Discovery> list() {
    Exports read = Exports.read(location, options);
    List<Export> exports = read.list();
    List<Discovery> first = new ArrayList<>(read.problems());
    exports.forEach(e -> first.addAll(Notices.of(e, options.decimal())));
    if (exports.isEmpty()) {
      return first.stream();
    }
    Vcenters vcenters = new Vcenters(exports);
    Merge merge = new Merge(exports, vcenters);
    Estate estate = new Estate(name, exports, vcenters, merge);
    VmIndex index = new VmIndex(exports, vcenters, merge);
    first.addAll(merge.notices());
    first.addAll(index.notices());
    estate.parts().forEach(part -> first.add(new Discovery.Around(part)));
    VmReader reader = new VmReader(name, options, exports, index, vcenters, estate);
    return Stream.concat(first.stream(), IntStream.range(0, index.size()).mapToObj(reader::read));
  }

  @Override
  public VmSnapshot open(VmRef ref) {
    throw new SourceFailed(
        "VM \"" + ref.toString().replaceAll("\\p{C}", "?") + "\"",
        "an RVTools export lists VMs and holds no disks",
        "name the vCenter as the source in the plan (vsphere: {url: …}) in place of rvtools; the"
            + " VMs keep their references if the export was of that one vCenter and the source"
            + " keeps its name");
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
