package dev.drover.tests.endtoend;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Guest;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Appliances in every form that the wild has, of a disk that boots and of one that holds noise.
 *
 * @param disks what each appliance was made of, by the name of its VM
 */
record EveryForm(Map<String, List<Path>> disks) {
  /** The VMs whose first disk boots. */
  static final List<String> BOOTABLE = List.of("stream", "efi");

  /** Makes them in {@code folder/appliances}, the original of the noise beside it. */
  static EveryForm below(Path folder) throws IOException {
    Programs.need("qemu-img", "gzip");
    Path guest = Guest.disk();
    Path data = Noise.disk(folder.resolve("data.raw"), (24 << 20) + 512, 7);
    Path in = Files.createDirectories(folder.resolve("appliances"));
    Path work = Files.createDirectories(folder.resolve("work"));
    Appliance.named(work, "stream").streamOptimized(guest).ova(in);
    Appliance.named(work, "efi").efi().streamOptimized(guest).ova(in);
    Appliance.named(work, "two").streamOptimized(guest).streamOptimized(data).ova(in);
    Appliance.named(work, "gz").streamOptimized(data).gzipped().ova(in);
    Appliance.named(work, "vhd").image(data, "vpc", "vhd", "force_size=on").ova(in);
    Appliance.named(work, "qcow2").image(data, "qcow2", "qcow2", "").ova(in);
    Appliance.named(work, "chunks").streamOptimized(data).chunked(1 << 20).ova(in);
    Appliance.named(work, "whole").streamOptimized(data).ovaGz(in);
    Appliance.named(work, "plain").streamOptimized(guest).folder(in);
    return new EveryForm(
        Map.of(
            "stream", List.of(guest),
            "efi", List.of(guest),
            "two", List.of(guest, data),
            "gz", List.of(data),
            "vhd", List.of(data),
            "qcow2", List.of(data),
            "chunks", List.of(data),
            "whole", List.of(data),
            "plain", List.of(guest)));
  }
}
