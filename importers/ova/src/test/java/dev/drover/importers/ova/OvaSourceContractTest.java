package dev.drover.importers.ova;

import dev.drover.importers.api.VmSourceContract;
import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class OvaSourceContractTest extends VmSourceContract {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @Override
  protected SourceSpec spec() {
    Listing.write(folder.resolve("a-broken.ovf"), "<Envelope");
    Listing.write(
        folder.resolve("b.ova"),
        new Tars().file("b.ovf", Ovfs.simple("b")).file("disk1.vmdk", "KDMV").bytes());
    Listing.write(folder.resolve("c-cut.ova"), new byte[700]);
    Listing.write(folder.resolve("sub/d.ovf"), Ovfs.simple("d"));
    Listing.write(folder.resolve("sub/disk1.vmdk"), "KDMV");
    return SourceSpec.of("lab", "ova", folder.toString());
  }
}
