package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.plan.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a location lists, for tests. */
final class Listing {
  private Listing() {}

  static VmSource source(Path location, Map<String, String> options) {
    return new OvaSourceProvider()
        .open(new SourceSpec("lab", "ova", location.toString(), null, null, options));
  }

  static List<Discovery> of(Path location, Map<String, String> options) {
    try (VmSource source = source(location, options);
        Stream<Discovery> all = source.list()) {
      return all.toList();
    }
  }

  static List<Discovery> of(Path location) {
    return of(location, Map.of());
  }

  /** The one VM. */
  static SourceVm vm(Path location, Map<String, String> options) {
    List<Discovery> all = of(location, options);
    assertEquals(1, all.size(), all.toString());
    return assertInstanceOf(Discovery.Found.class, all.get(0), all.toString()).vm();
  }

  static SourceVm vm(Path location) {
    return vm(location, Map.of());
  }

  /** The one thing that cannot be understood. */
  static Discovery.Unreadable unreadable(Path location, Map<String, String> options) {
    List<Discovery> all = of(location, options);
    assertEquals(1, all.size(), all.toString());
    return assertInstanceOf(Discovery.Unreadable.class, all.get(0), all.toString());
  }

  static Discovery.Unreadable unreadable(Path location) {
    return unreadable(location, Map.of());
  }

  /** Where a disk of the one VM is. */
  static DiskSource disk(Path location, String disk) {
    try (VmSource source = source(location, Map.of());
        VmSnapshot snapshot = source.open(vm(location).ref())) {
      return snapshot.disk(disk);
    }
  }

  static DiskSource.ImageFile image(Path location, String disk) {
    return assertInstanceOf(DiskSource.ImageFile.class, disk(location, disk));
  }

  /** The findings with a code. */
  static List<Finding> findings(SourceVm vm, String code) {
    return vm.findings().stream().filter(f -> f.code().equals(code)).toList();
  }

  static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
