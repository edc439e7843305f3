package dev.drover.mappings.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.DiskAddress;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceDisk;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanGeneratorTest {
  private static final List<SourceSpec> SOURCES =
      List.of(SourceSpec.of("appliances", "ova", "./appliances"));
  private static final TargetSpec TARGET = new TargetSpec.Directory("./out");

  @TempDir Path folder = Path.of("");

  private static SourceVm.Builder vm(String id, String name, @Nullable String... networks) {
    SourceVm.Builder vm =
        SourceVm.of(
            new VmRef("appliances", id),
            Identity.ofName(name),
            Cpu.ofCount(1),
            Memory.ofSize(ByteSize.ofMiB(512)));
    for (int i = 0; i < networks.length; i++) {
      vm.nic(
          new SourceNic(
              "nic" + i,
              "NIC " + i,
              null,
              null,
              networks[i],
              null,
              null,
              Answer.YES,
              null,
              Answer.NO));
    }
    return vm.disk(disk(null));
  }

  private static SourceDisk disk(@Nullable String datastore) {
    return new SourceDisk(
        "vmdisk1",
        "Hard disk 1",
        ByteSize.ofGiB(1),
        null,
        new DiskAddress(DiskAddress.Bus.SCSI, null, 0, 0),
        new SourceDisk.Backing(
            SourceDisk.Kind.FILE, null, "a.vmdk", datastore, Answer.UNKNOWN, null),
        SourceDisk.Sharing.NONE,
        SourceDisk.Mode.PERSISTENT,
        null,
        null,
        Answer.UNKNOWN,
        null);
  }

  private static String text(Stream<SourceVm> vms) {
    StringWriter text = new StringWriter();
    PlanGenerator.write("plan", SOURCES, vms, TARGET, text);
    return text.toString();
  }

  private MigrationPlan read(String yaml) {
    try {
      return PlanReader.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MigrationPlan plan(SourceVm... vms) {
    return read(text(Stream.of(vms)));
  }

  @Test
  void oneApplianceMakesAPlanThatRunsAsItIs() throws IOException {
    String yaml = text(Stream.of(vm("web.ova#web", "web", "VM Network").build()));
    MigrationPlan plan = read(yaml);
    assertEquals("plan", plan.name());
    assertEquals(SOURCES, plan.sources());
    assertEquals(TARGET, plan.target());
    assertEquals(
        List.of(new NetworkMapping("VM Network", new NetworkMapping.Pod())), plan.networks());
    assertEquals(List.of("*"), plan.storage().stream().map(StorageMapping::source).toList());
    assertEquals("default", plan.defaults().namespace());
    assertEquals(
        List.of(VmPlan.of(new VmRef("appliances", "web.ova#web"), "web")),
        plan.waves().get(0).vms());
    Golden.compare("generated.yaml", yaml);
  }

  @Test
  void theOrderOfTheInventoryDoesNotMatter() {
    List<SourceVm> vms = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      vms.add(vm("vm-" + i, "web", "net " + i % 3).build());
    }
    String first = text(vms.stream());
    java.util.Collections.shuffle(vms, new Random(1));
    assertEquals(first, text(vms.stream()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb: c",
        "#",
        "a # b",
        "'",
        "\"",
        "\"'\\",
        "- x",
        "[",
        "}",
        "a: b",
        "*",
        "&a",
        "!t",
        "%",
        "@",
        "`",
        "|",
        ">",
        "? x",
        "null",
        "~",
        "true",
        "7",
        "0x1F",
        "1e3",
        ".inf",
        "2026-01-01",
        "\0",
        "a\0b",
        "\u001b[2J",
        "\u202Egnp.exe",
        "\u2028",
        "\u0085",
        "\uFEFF",
        "日本",
        "\uD83D\uDC04",
        " lead",
        "trail ",
        "\t",
        "a\tb",
        "---",
        "...",
        "<<",
        "=",
        "é",
        ",",
        "a,b",
        "x:",
        ":x",
        "",
        "\r\n",
        "a  b",
        "a #b",
        "a# b",
        "a#",
        "a ",
        "Null",
        "TRUE",
        "yes",
        "Off",
        "{{ x }}",
        "${HOME}",
      })
  void anyTextIsReadBackAsItWas(String hostile) {
    String id = "x" + hostile;
    MigrationPlan plan = plan(vm(id, hostile, hostile).disk(disk(hostile)).build());
    VmPlan vm = plan.waves().get(0).vms().get(0);
    assertEquals(new VmRef("appliances", id), vm.ref());
    assertEquals(hostile, vm.sourceName());
    assertEquals(hostile, plan.networks().get(0).source());
    assertTrue(plan.storage().stream().anyMatch(s -> s.source().equals(hostile)));
  }

  @Test
  void randomTextIsReadBackAsItWas() {
    Random random = new Random(11);
    SourceVm[] vms =
        IntStream.range(0, 2000)
            .mapToObj(
                i -> {
                  StringBuilder text = new StringBuilder();
                  random
                      .ints(random.nextInt(40), 0, i % 3 == 0 ? 0x11000 : 0x80)
                      .filter(c -> c < 0xD800 || c > 0xDFFF)
                      .forEach(text::appendCodePoint);
                  return vm(String.format("%04d", i) + text, text.toString()).build();
                })
            .toArray(SourceVm[]::new);
    List<VmPlan> read = plan(vms).waves().get(0).vms();
    for (int i = 0; i < vms.length; i++) {
      assertEquals(vms[i].ref(), read.get(i).ref());
      assertEquals(vms[i].name(), read.get(i).sourceName());
    }
  }

  @Test
  void whatIsInvisibleIsWrittenAsAnEscape() {
    String yaml = text(Stream.of(vm("a", "x\u202Ey").build()));
    assertTrue(yaml.contains("\"x\\u202ey\"") || yaml.contains("\"x\\u202Ey\""), yaml);
  }

  @Test
  void vmsThatWouldBecomeOneObjectGetNamesOfTheirOwn() {
    MigrationPlan plan =
        plan(
            vm("1", "web").build(),
            vm("2", "WEB").build(),
            vm("3", "web-2").build(),
            vm("4", "日本").build(),
            vm("5", "").build(),
            vm("6", "x".repeat(100)).build(),
            vm("7", "x".repeat(101)).build());
    List<String> names =
        plan.waves().get(0).vms().stream().map(vm -> Names.of(plan.naming(), vm)).toList();
    assertEquals(
        List.of("web", "web-3", "web-2", "vm", "vm-2", "x".repeat(63), "x".repeat(55) + "-2"),
        names);
  }

  @Test
  void manyVmsOfOneNameCostTimeInProportion() {
    MigrationPlan plan =
        read(text(IntStream.range(0, 20_000).mapToObj(i -> vm("vm-" + i, "web").build())));
    assertEquals(20_000, plan.waves().get(0).vms().size());
  }

  @Test
  void thePodNetworkGoesWhereNoVmWouldHaveItTwice() {
    MigrationPlan plan =
        plan(
            vm("1", "a", "front").build(),
            vm("2", "b", "front", "back").build(),
            vm("3", "c", "twice", "twice").build(),
            vm("4", "d", "alone").build(),
            vm("5", "e", "front", "b*").build());
    assertEquals(
        List.of(
            new NetworkMapping("alone", new NetworkMapping.Pod()),
            new NetworkMapping("back", new NetworkMapping.Multus("default", "back")),
            new NetworkMapping("front", new NetworkMapping.Pod()),
            new NetworkMapping("twice", new NetworkMapping.Multus("default", "twice")),
            new NetworkMapping("b*", new NetworkMapping.Multus("default", "b"))),
        plan.networks());
  }

  @Test
  void ofEqualNetworksThePodNetworkIsTheOneOfTheFirstNic() {
    assertEquals(
        List.of(
            new NetworkMapping("alpha", new NetworkMapping.Multus("default", "alpha")),
            new NetworkMapping("zeta", new NetworkMapping.Pod())),
        plan(vm("1", "a", "zeta", "alpha").build()).networks());
  }

  @Test
  void aNicOnNoNetworkIsSkipped() {
    MigrationPlan plan = plan(vm("1", "a", null, "net").build());
    assertEquals(
        Map.of("nic0", new VmPlan.NicOverride(true, null, null)),
        plan.waves().get(0).vms().get(0).nics());
  }

  @Test
  void datastoresGetALineEachAndTheRestAnother() {
    MigrationPlan plan =
        plan(vm("1", "a").disk(disk("slow")).disk(disk("fast")).disk(disk("f*")).build());
    assertEquals(
        List.of("fast", "slow", "f*", "*"),
        plan.storage().stream().map(StorageMapping::source).toList());
  }

  @Test
  void templatesAreNamedAndLeftOut() {
    Identity template =
        new Identity(
            "golden\n- vm: x",
            null,
            null,
            null,
            null,
            null,
            List.of(),
            Map.of(),
            Answer.YES,
            Answer.NO);
    SourceVm golden =
        SourceVm.of(
                new VmRef("appliances", "t\n- vm: x"),
                template,
                Cpu.ofCount(1),
                Memory.ofSize(ByteSize.ofMiB(1)))
            .build();
    String yaml = text(Stream.of(golden, vm("1", "a").build()));
    assertEquals(1, read(yaml).waves().get(0).vms().size());
    assertTrue(yaml.endsWith("# Left out:\n#   appliances/t?- vm: x: a template\n"), yaml);
    UsageFailed e = assertThrows(UsageFailed.class, () -> text(Stream.of(golden)));
    assertTrue(e.what().contains("templates"), e.what());
  }

  @Test
  void whatTheImporterSawStandsAsAComment() {
    SourceVm odd =
        vm("1", "a").finding(Finding.blocker("OVF-001", "odd\n- vm: x", "mend it")).build();
    String yaml = text(Stream.of(odd));
    assertTrue(yaml.contains("      # OVF-001 odd?- vm: x; mend it\n      - vm: "), yaml);
    assertEquals(1, read(yaml).waves().get(0).vms().size());
  }

  @Test
  void namesOfAnyLengthAreSurvived() {
    String yaml =
        text(Stream.of(vm("1", "a".repeat(100_000)).build(), vm("2", "b".repeat(8000)).build()));
    assertEquals(1, read(yaml).waves().get(0).vms().size());
    assertTrue(yaml.contains("too long"), "the first is told");
  }

  @Test
  void anExportIsNamedByItsOwnWord() {
    StringWriter yaml = new StringWriter();
    List<SourceSpec> sources =
        List.of(SOURCES.get(0), SourceSpec.of("export", "rvtools", "./export.xlsx"));
    PlanGenerator.write("p", sources, Stream.of(vm("1", "a").build()), TARGET, yaml);
    assertTrue(
        yaml.toString().contains("    rvtools:\n      path: ./export.xlsx\n"), yaml.toString());
  }

  @Test
  void everySourceAndTargetIsReadBackAsItWas() {
    List<SourceSpec> sources =
        List.of(
            SourceSpec.of("appliances", "ova", "./a # b"),
            SourceSpec.of("export", "rvtools", "./export.xlsx"),
            new SourceSpec(
                "german", "rvtools", "./x", null, null, Map.of("timezone", "Europe/Berlin")),
            new SourceSpec(
                "dc1",
                "vsphere",
                "https://vc/sdk",
                new CredentialsRef.Secret("ns", "vc"),
                new SourceSpec.Tls("SHA256:" + "ab".repeat(32), null, false),
                Map.of("b", "1", "a", "x: y")),
            new SourceSpec(
                "web",
                "ova",
                "https://files/web.ova",
                new CredentialsRef.File("/etc/x"),
                new SourceSpec.Tls(null, null, false),
                Map.of()),
            new SourceSpec(
                "kvm",
                "libvirt",
                "qemu:///system",
                new CredentialsRef.Env("KVM"),
                new SourceSpec.Tls(null, "ca.pem", true),
                Map.of()));
    for (TargetSpec target :
        List.of(
            TARGET,
            new TargetSpec.Kubernetes(null, null, null, List.of()),
            new TargetSpec.Kubernetes("k", "c", "u", List.of("g: h", "i")))) {
      StringWriter yaml = new StringWriter();
      PlanGenerator.write("Our Plan", sources, Stream.of(vm("1", "a").build()), target, yaml);
      MigrationPlan plan = read(yaml.toString());
      assertEquals(sources, plan.sources());
      assertEquals(target, plan.target());
      assertEquals("our-plan", plan.name());
    }
  }

  @Test
  void aVcenterWithoutCredentialsGetsAReferenceToFillIn() {
    StringWriter yaml = new StringWriter();
    List<SourceSpec> sources =
        List.of(SOURCES.get(0), SourceSpec.of("1-dc", "vsphere", "https://vc/sdk"));
    PlanGenerator.write("p", sources, Stream.of(vm("1", "a").build()), TARGET, yaml);
    assertEquals(
        new CredentialsRef.Env("_1_DC"), read(yaml.toString()).sources().get(1).credentials());
  }

  @Test
  void aSourceThatCannotStandInAPlanIsRefusedBeforeAnythingIsWritten() {
    for (SourceSpec source :
        List.of(
            SourceSpec.of("a/b", "ova", "x"),
            SourceSpec.of("appliances", "ova", "x\ny"),
            SourceSpec.of("appliances", "vsphere", "https://u:hunter2@vc/"))) {
      StringWriter yaml = new StringWriter();
      UsageFailed e =
          assertThrows(
              UsageFailed.class,
              () ->
                  PlanGenerator.write(
                      "p", List.of(source), Stream.of(vm("1", "a").build()), TARGET, yaml));
      assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e.getMessage());
      assertEquals("", yaml.toString());
    }
  }

  @Test
  void nothingToMoveIsToldAndNotWritten() {
    UsageFailed e = assertThrows(UsageFailed.class, () -> text(Stream.of()));
    assertTrue(e.what().contains("no VM"), e.what());
  }
}
