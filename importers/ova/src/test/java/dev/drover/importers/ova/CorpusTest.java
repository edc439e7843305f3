package dev.drover.importers.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.Discovery;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real descriptors that others made; they are beside the project, not in it. */
final class CorpusTest {
  @SuppressWarnings("NullAway.Init") // See find().
  private static Path corpus;

  @BeforeAll
  static void find() {
    Path found = null;
    String property = System.getProperty("drover.corpus");
    List<Path> candidates = new ArrayList<>();
    if (property != null) {
      candidates.add(Path.of(property));
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      candidates.add(up.resolve("../shared/corpus").normalize());
    }
    for (Path candidate : candidates) {
      if (found == null && Files.isDirectory(candidate.resolve("ovf"))) {
        found = candidate.resolve("ovf");
      }
    }
    Assumptions.assumeTrue(
        found != null, "no corpus: set drover.corpus or put it at ../shared/corpus");
    if (found != null) {
      corpus = found;
    }
  }

  private static List<SourceVm> vms(String file) {
    return Listing.of(corpus.resolve(file)).stream().map(d -> ((Discovery.Found) d).vm()).toList();
  }

  @Test
  void everyFileGivesVmsOrAnErrorThatNamesItAndWhereItCanTheLine() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(corpus)) {
      files = all.filter(f -> f.toString().endsWith(".ovf")).sorted().toList();
    }
    assertTrue(files.size() > 200, "files: " + files.size());
    int found = 0;
    for (Path file : files) {
      List<Discovery> all = Listing.of(file);
      assertFalse(all.isEmpty(), file + " says nothing");
      for (Discovery one : all) {
        found += one instanceof Discovery.Found ? 1 : 0;
        check(file, one);
      }
    }
    assertTrue(found >= 170, "VMs: " + found);
  }

  private static void check(Path file, Discovery one) {
    if (one instanceof Discovery.Found found) {
      assertTrue(found.vm().cpu().count() >= 1);
      assertTrue(found.vm().memory().size().bytes() >= 1 << 20, file + " " + found.vm().memory());
      found.vm().disks().forEach(d -> assertTrue(d.size().bytes() > 0, file + " " + d));
    } else if (one instanceof Discovery.Unreadable bad) {
      assertTrue(
          bad.place().matches("(?s).*\\Q" + file.getFileName() + "\\E:[0-9]+:[0-9]+"), bad.place());
      assertFalse(bad.problem().remedy().isBlank());
    }
  }

  /** Looked at by hand, each against its descriptor. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TinyCoreLinux__TinyCoreLinux.ovf | 1 | 256 | vmdisk1 2147483648 IDE null 0:0 | pcnet32 nat",
        "cores-per-socket__multi-core-vm__multi-core-vm.ovf | 4 | 4 | vmdisk1 2097152 SCSI lsilogicsas 0:0 | e1000 Automation",
        "NVM__nvdimm.ovf | 1 | 64 | vmdisk1 107373568 SCSI buslogic 0:0 | pcnet32 VM Network",
        "OVFToolTemplates__OVF__xmltestfiles__LaxMode__Pos__vbox5_all_storage_controllers_0.9__vbox5_0.9.ovf | 1 | 384 | vmdisk2 10737418240 SATA AHCI 0:1, vmdisk1 4194304 IDE ICH6 1:0 | pcnet32 NAT",
        "ImportOvf2014__nostalgia-two-disks-same.ovf | 1 | 64 | vmdisk1 107373568 SCSI buslogic 0:0, vmdisk1~2 107373568 SCSI buslogic 0:1 | pcnet32 VM Network",
        "ImportOvf2014__complete_vs_11.ovf | 1 | 64 | vmdisk1 107373568 SCSI buslogic 0:0 | pcnet32 VM Network",
        "OVFToolTemplates__ovftoolresources__chunk001.ovf | 1 | 1024 | vmdisk1 20971520 SCSI lsilogic 0:0 | pcnet32 VM Network",
        "VirtualAppliance-Zimbra2__Zimbra_606_Ubuntu_8041_i386_OVF10.ovf | 1 | 2048 | system 6442450944 SCSI lsilogic 0:0, data 12884901888 SCSI lsilogic 0:1 | pcnet32 Network 1",
        "dvxPCIPassthrough.ovf | 1 | 1024 | '' | ''",
        "vbs__secure-boot-enabled-with-efi-firmware.ovf | 1 | 64 | '' | ''"
      })
  void readsWhatTheDescriptorSays(String file, int cpus, long mib, String disks, String nics) {
    SourceVm vm = vms(file).get(0);
    assertEquals(cpus, vm.cpu().count());
    assertEquals(mib << 20, vm.memory().size().bytes());
    assertEquals(
        disks, vm.disks().stream().map(CorpusTest::text).collect(Collectors.joining(", ")));
    assertEquals(nics, vm.nics().stream().map(CorpusTest::text).collect(Collectors.joining(", ")));
  }

  private static String text(SourceDisk disk) {
    return disk.id()
        + " "
        + disk.size().bytes()
        + " "
        + disk.address().bus()
        + " "
        + disk.address().controllerModel()
        + " "
        + disk.address().controller()
        + ":"
        + disk.address().unit();
  }

  private static String text(SourceNic nic) {
    return nic.model() + " " + nic.network();
  }

  @Test
  void readsTheVcenterApplianceInItsDefaultAndAnotherOption() {
    SourceVm tiny = vms("vcsa65.ovf").get(0);
    assertEquals(2, tiny.cpu().count());
    assertEquals(8L << 30, tiny.memory().size().bytes());
    assertEquals(13, tiny.disks().size());
    assertEquals("other3xLinux64Guest", tiny.guest().configuredOs());
    SourceVm large =
        Listing.vm(corpus.resolve("vcsa65.ovf"), java.util.Map.of("configuration", "large"));
    assertEquals(16, large.cpu().count());
    assertEquals(32L << 30, large.memory().size().bytes());
  }

  @Test
  void readsTwoVmsOfACollectionWithTheirOrder() {
    List<SourceVm> vms = vms("2011OVFs__sunVHW-DiskTypes__sunVHW-DiskTypes.ovf");
    assertEquals(List.of("sunvhw-sas", "sunvhw-pv"), vms.stream().map(SourceVm::name).toList());
    assertEquals("lsilogicsas", vms.get(0).disks().get(0).address().controllerModel());
    assertEquals("VirtualSCSI", vms.get(1).disks().get(0).address().controllerModel());
    assertEquals("2", vms.get(0).identity().attributes().get("startup.order"));
  }

  /** What is wrong with a file on purpose, and matters to a move, is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OVFToolTemplates__OVF__xmltestfiles__DiskSection__Neg__dup_diskid.ovf | a second Disk",
        "OVFToolTemplates__OVF__xmltestfiles__DiskSection__Neg__no_diskid.ovf | without ovf:diskId",
        "OVFToolTemplates__OVF__xmltestfiles__Envelope_1_0__Neg__invalid_ref_no_href.ovf | without ovf:href",
        "OVFToolTemplates__OVF__xmltestfiles__Envelope_1_0__Neg__invalid_namespace.ovf | no OVF descriptor",
        "OVFToolTemplates__OVF__xmltestfiles__Envelope_1_0__Neg__content_withnovm.ovf | no VM",
        "OVFToolTemplates__OVF__xmltestfiles__VirtualHardware_1_0__Neg__no_vh.ovf | no VirtualHardwareSection",
        "OVFToolTemplates__OVF__xmltestfiles__VirtualHardware_1_0__Neg__noninteger_range.ovf | of memory",
        "OVFToolTemplates__OVF__xmltestfiles__DiskSection_1_0__Neg__inside_content.ovf | DiskSection does not have",
        "OVFToolTemplates__OVF__xmltestfiles__ProductSection__Neg__prop_dup_keys.ovf | prefix of ovf:type is not declared",
        "DeleteHDTestdata__Sass_old__descriptor.ovf | its root is HTML",
        "jeos_corrupted.ovf | not allowed in prolog"
      })
  void saysWhatIsWrong(String file, String what) {
    Discovery.Unreadable bad = Listing.unreadable(corpus.resolve(file));
    assertTrue(bad.problem().what().contains(what), bad.toString());
  }
}
