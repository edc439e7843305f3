package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.SourceVm;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a deployment option and its properties change. */
final class DeploymentOptionTest extends DescriptorCase {
  @Test
  void choosesTheDefaultDeploymentOptionOrTheOneThatIsAskedFor() {
    String options =
        "<DeploymentOptionSection><Info/><Configuration ovf:id=\"small\"/>"
            + "<Configuration ovf:id=\"large\" ovf:default=\"true\"/></DeploymentOptionSection>";
    String large = Ovfs.cpu(8).replace("<Item>", "<Item ovf:configuration=\"large huge\">");
    String text =
        Ovfs.simple("web", "disk1.vmdk", large)
            .replace("<NetworkSection>", options + "<NetworkSection>");
    SourceVm byDefault = vm(text);
    assertEquals(8, byDefault.cpu().count());
    assertEquals("large", Listing.findings(byDefault, "OVF-001").get(0).evidence());
    assertEquals(2, vm(text, Map.of("configuration", "small")).cpu().count());
    Discovery.Unreadable bad =
        Listing.unreadable(folder.resolve("web.ovf"), Map.of("configuration", "tiny"));
    assertTrue(bad.problem().remedy().contains("small, large"), bad.toString());
    assertEquals(2, vm(Ovfs.simple("web"), Map.of("configuration", "tiny")).cpu().count());
  }

  @Test
  void takesTheNormalValueAndNotItsBounds() {
    String bounds =
        Ovfs.memory(256).replace("<Item>", "<Item ovf:bound=\"min\">")
            + Ovfs.memory(8192).replace("<Item>", "<Item ovf:bound=\"max\">");
    assertEquals(ByteSize.ofGiB(1), withHardware(bounds).memory().size());
    SourceVm only = vm(Ovfs.simple("web", "disk1.vmdk", bounds).replace(Ovfs.memory(1024), ""));
    assertEquals(ByteSize.ofMiB(256), only.memory().size());
    assertEquals(1, Listing.findings(only, "OVF-017").size());
  }

  @Test
  void readsACapacityFromAPropertyOfTheChosenOption() {
    String product =
        "<ProductSection ovf:class=\"com.acme\"><Info/>"
            + "<Property ovf:key=\"size\" ovf:value=\"7\"/>"
            + "<Property ovf:key=\"secret\" ovf:password=\"true\" ovf:value=\"hunter2\"/>"
            + "<Property ovf:key=\"root_password\" ovf:value=\"hunter2\"/>"
            + "<Property ovf:key=\"admin_user\" ovf:value=\"alice\"/>"
            + "</ProductSection>";
    String text =
        Ovfs.simple("web")
            .replace("ovf:capacity=\"1\"", "ovf:capacity=\"${com.acme.size}\"")
            .replace("</VirtualSystem>", product + "</VirtualSystem>");
    SourceVm vm = vm(text);
    assertEquals(ByteSize.ofGiB(7), vm.disks().get(0).size());
    assertEquals("7", vm.identity().attributes().get("property.com.acme.size"));
    assertEquals("alice", vm.identity().attributes().get("property.com.acme.admin_user"));
    assertFalse(vm.toString().contains("hunter2"), "a password is in the inventory");
  }
}
