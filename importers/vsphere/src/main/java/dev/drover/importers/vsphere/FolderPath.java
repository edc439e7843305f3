package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import dev.drover.mappings.failure.SourceFailed;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a flat disk's bytes are: {@code https://HOST/folder/PATH-flat.vmdk?dcPath=…&dsName=…}. */
final class FolderPath {
  private FolderPath() {}

  /**
   * The address at the source itself.
   *
   * @param path {@code [datastore1] web/web.vmdk}
   * @throws SourceFailed when the path is of another form
   */
  static URI of(
      Session session, String label, @Nullable String path, Props vm, Surroundings around) {
    int end = path == null ? -1 : path.indexOf("] ");
    if (path == null || !path.startsWith("[") || end < 2 || !path.endsWith(".vmdk")) {
      throw new SourceFailed(
          label, "its path is no [datastore] path.vmdk: " + path, "report this with drover -v");
    }
    String inside = path.substring(end + 2, path.length() - ".vmdk".length()) + "-flat.vmdk";
    String query = "?dsName=" + encoded(path.substring(1, end));
    ManagedObjectReference datacenter = datacenter(vm, around);
    if (datacenter != null) {
      query = "?dcPath=" + encoded(around.tree().path(datacenter)) + "&" + query.substring(1);
    }
    StringBuilder folder = new StringBuilder("/folder");
    for (String part : inside.split("/")) {
      folder.append('/').append(encoded(part));
    }
    return session.address().at(folder + query);
  }

  private static @Nullable ManagedObjectReference datacenter(Props vm, Surroundings around) {
    ManagedObjectReference byFolder = around.tree().above(vm.ref("parent"), "Datacenter");
    return byFolder != null ? byFolder : around.tree().above(vm.ref("runtime.host"), "Datacenter");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
