package dev.drover.importers.ova;

import dev.drover.mappings.model.SourceVm;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A descriptor with its disk in a folder of the test. */
abstract class DescriptorCase {
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path folder;

  @BeforeEach
  void putTheDiskBesideIt() {
    Listing.write(folder.resolve("disk1.vmdk"), "KDMV");
  }

  final SourceVm vm(String text) {
    return vm(text, Map.of());
  }

  final SourceVm vm(String text, Map<String, String> options) {
    return Listing.vm(Listing.write(folder.resolve("web.ovf"), text), options);
  }

  /** A VM of 1 CPU and 64 MiB with more in its hardware section. */
  final SourceVm withHardware(String hardware) {
    return vm(Ovfs.simple("web", "disk1.vmdk", hardware));
  }
}
