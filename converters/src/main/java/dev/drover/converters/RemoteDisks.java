package dev.drover.converters;

import dev.drover.converters.http.HttpDisk;
import dev.drover.converters.nbd.NbdAddress;
import dev.drover.converters.nbd.NbdDisk;
import dev.drover.mappings.disk.BlockReader;
import dev.drover.mappings.disk.DiskSource;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Opens disks that servers give out. TLS trusts what Java trusts. */
final class RemoteDisks {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RemoteDisks() {}

  /**
   * Connects.
   *
   * @throws ConversionFailed when the server does not give the disk
   */
  static BlockReader open(DiskSource.Remote remote) {
    URI address = remote.address();
    try {
      if (String.valueOf(address.getScheme()).startsWith("http")) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        return HttpDisk.open(client, address, Map.of(), PATIENCE);
      }
      return NbdDisk.open(NbdAddress.of(address, SSLContext.getDefault()));
    } catch (IOException e) {
      throw LocalDiskCopier.unreadable(remote.label(), e);
    } catch (IllegalArgumentException | NoSuchAlgorithmException e) {
      throw new ConversionFailed(
          remote.label(),
          "no disk can be read from " + address,
          "give an address of nbd, nbds, nbd+unix, http or https",
          Retry.POINTLESS,
          e);
    }
  }

  /** What tells the disk's state from another one, or null where nothing does. */
  static @Nullable String identity(DiskSource source, BlockReader reader) {
    if (source instanceof DiskSource.Blank blank) {
      return "blank " + blank.size().bytes();
    }
    if (source instanceof DiskSource.Blocks blocks) {
      return blocks.identity() == null ? null : blocks.identity() + " " + reader.size();
    }
    if (!(source instanceof DiskSource.Remote remote)) {
      return null;
    }
    String told = remote.identity();
    if (told == null && reader instanceof HttpDisk http) {
      told = http.validator();
    }
    return told == null ? null : remote.address() + " " + told + " " + reader.size();
  }
}
