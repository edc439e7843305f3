package dev.drover.importers.vsphere;

import com.vmware.vim25.HttpNfcLeaseDeviceUrl;
import com.vmware.vim25.VirtualController;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceFileBackingInfo;
import com.vmware.vim25.VirtualDisk;
import dev.drover.mappings.failure.SourceFailed;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which address of a lease is that of which disk. */
final class LeaseUrls {
  private static final Pattern STAR = Pattern.compile("(https?)://\\*(:[0-9]+)?(/.*)");

  private LeaseUrls() {}

  /**
   * The address of a disk. A lease names disks by the place where they hang, {@code
   * /vm-42/ParaVirtualSCSIController0:1}. Where a server names them otherwise, the file's own name
   * decides, if but one has it.
   *
   * @return null where none or several could be it
   */
  static @Nullable HttpNfcLeaseDeviceUrl of(
      VirtualDisk disk, List<VirtualDevice> devices, List<HttpNfcLeaseDeviceUrl> urls) {
    List<HttpNfcLeaseDeviceUrl> disks =
        urls.stream().filter(url -> url.url != null && !Boolean.FALSE.equals(url.disk)).toList();
    String place = place(disk, devices);
    List<HttpNfcLeaseDeviceUrl> found =
        disks.stream().filter(url -> place != null && place.equals(last(url.key))).toList();
    if (found.isEmpty() && disk.backing instanceof VirtualDeviceFileBackingInfo file) {
      String name = last(String.valueOf(file.fileName).replaceFirst("^\\[.*?] ", ""));
      found = disks.stream().filter(url -> name != null && name.equals(url.targetId)).toList();
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  private static @Nullable String place(VirtualDisk disk, List<VirtualDevice> devices) {
    for (VirtualDevice each : devices) {
      if (each instanceof VirtualController controller
          && disk.controllerKey != null
          && each.key == disk.controllerKey) {
        return Newer.type(each) + controller.busNumber + ":" + disk.unitNumber;
      }
    }
    return null;
  }

  private static @Nullable String last(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Where to connect; {@code *} stands for the server that the connection is to.
   *
   * @throws SourceFailed for no address, and for one without encryption where the connection has it
   */
  static URI address(String label, Address server, String url) {
    Matcher star = STAR.matcher(url);
    String text = url;
    if (star.matches()) {
      String authority =
          star.group(2) == null ? server.sdk().getRawAuthority() : server.host() + star.group(2);
      text = star.group(1) + "://" + authority + star.group(3);
    }
    try {
      URI uri = URI.create(text);
      boolean encrypted = "https".equals(uri.getScheme());
      if (uri.getHost() != null
          && (encrypted || uri.getScheme().equals(server.sdk().getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new SourceFailed(
        label, "the server names no usable address for it: " + url, "report this with drover -v");
  }
}
