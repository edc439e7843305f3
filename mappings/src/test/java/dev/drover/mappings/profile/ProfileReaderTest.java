package dev.drover.mappings.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import dev.drover.mappings.yaml.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReaderTest {
  @TempDir Path folder = Path.of("");

  static TargetProfile read(String text) {
    return ProfileReader.read("target.yaml", text);
  }

  private static StorageClass storageClass(String... lines) {
    String text =
        "apiVersion: drover.dev/v1alpha1\nkind: TargetProfile\nmetadata: {name: a}\n"
            + "storageClasses:\n  - name: a\n    "
            + String.join("\n    ", lines)
            + "\n";
    return read(text).storageClass("a").orElseThrow();
  }

  @Test
  void readsTheExample() throws IOException {
    Path file = Files.writeString(folder.resolve("target.yaml"), ProfileSchema.example());
    TargetProfile profile = ProfileReader.read(file);
    assertEquals("production", profile.name());
    assertEquals("v1.6.2", profile.versions().get("kubevirt"));
    StorageClass fast = profile.storageClass("fast").orElseThrow();
    assertEquals(Answer.YES, fast.readWriteMany(), "Ceph's driver answers what is left out");
    assertEquals(new ByteSize(40L << 40), fast.free());
    StorageClass archive = profile.storageClass("archive").orElseThrow();
    assertEquals(Answer.NO, archive.isDefault(), "another class is the default one");
    assertEquals(Answer.UNKNOWN, archive.cloning());
    assertEquals(
        List.of(
            new NodeGroup(
                "workers", 6, 64, ByteSize.ofGiB(512), 300, ByteSize.ofGiB(2560), Answer.YES)),
        profile.nodes());
    assertEquals(
        List.of(
            "VirtualMachineClusterInstancetype/u1.medium",
            "VirtualMachineClusterInstancetype/u1.large"),
        profile.instanceTypes());
    assertEquals(profile, read(ProfileWriter.yaml(profile)));
  }

  @Test
  void whatIsLeftOutIsNotKnown() {
    TargetProfile profile =
        read("apiVersion: drover.dev/v1alpha1\nkind: TargetProfile\nmetadata: {name: unknown}\n");
    assertEquals(TargetProfile.UNKNOWN, profile);
    assertNull(profile.storageClasses());
  }

  @Test
  void whatTheUserWritesWinsOverTheTableOfDrivers() {
    StorageClass local = storageClass("provisioner: rancher.io/local-path");
    assertEquals(Answer.NO, local.snapshot());
    assertEquals(Answer.NO, local.readWriteMany());
    StorageClass other =
        storageClass("provisioner: rancher.io/local-path", "snapshot: yes", "block: unknown");
    assertEquals(Answer.YES, other.snapshot());
    assertEquals(Answer.UNKNOWN, other.block());
    assertEquals(Answer.NO, other.readWriteMany());
  }

  @Test
  void trueAndFalseAreAnswersToo() {
    StorageClass storage = storageClass("snapshot: true", "block: false");
    assertEquals(Answer.YES, storage.snapshot());
    assertEquals(Answer.NO, storage.block());
    assertEquals(Answer.UNKNOWN, storage.expansion());
  }

  @Test
  void aDriverIsFoundWhateverNamespaceItsOperatorRunsIn() {
    for (String prefix : List.of("", "rook-ceph.", "openshift-storage.", "my-ceph.")) {
      StorageClass block = storageClass("provisioner: " + prefix + "rbd.csi.ceph.com");
      assertEquals(Answer.YES, block.block());
      StorageClass file = storageClass("provisioner: " + prefix + "cephfs.csi.ceph.com");
      assertEquals(Answer.NO, file.block());
      assertEquals(Answer.YES, file.readWriteMany());
    }
    assertEquals(Answer.YES, storageClass("provisioner: org.democratic-csi.iscsi").snapshot());
    assertEquals(Answer.UNKNOWN, storageClass("provisioner: csi.example.com").snapshot());
  }

  @Test
  void noDriverStandsInTheTableTwice() {
    List<String> names = Provisioners.all().stream().map(Provisioners.Driver::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertTrue(names.size() > 40);
  }

  @Test
  void whatIsWrittenIsReadBackWhateverItHolds() {
    Random random = new Random(4711);
    for (int i = 0; i < 300; i++) {
      TargetProfile profile = profile(random);
      String text = ProfileWriter.yaml(profile);
      assertEquals(profile, read(text), text);
      assertEquals(text, ProfileWriter.yaml(read(text)));
      assertEquals(profile, read(ProfileWriter.json(profile).toString()));
    }
  }

  private static TargetProfile profile(Random random) {
    List<StorageClass> classes = new ArrayList<>();
    List<NodeGroup> nodes = new ArrayList<>();
    int best = random.nextInt(5);
    for (int i = 0; i < random.nextInt(4); i++) {
      classes.add(
          new StorageClass(
              "class-" + i,
              random.nextBoolean() ? null : random.nextBoolean() ? "nfs.csi.k8s.io" : text(random),
              i == best ? Answer.YES : random.nextBoolean() ? Answer.NO : Answer.UNKNOWN,
              answer(random),
              answer(random),
              answer(random),
              answer(random),
              answer(random),
              answer(random),
              random.nextBoolean() ? null : new ByteSize(1 + random.nextLong(1L << 60)),
              random.nextBoolean() ? null : new ByteSize(random.nextLong(1L << 60))));
      nodes.add(
          new NodeGroup(
              "group-" + i,
              1 + random.nextInt(50),
              1 + random.nextInt(500),
              new ByteSize(1 + random.nextLong(1L << 42)),
              random.nextBoolean() ? null : 0,
              random.nextBoolean() ? null : new ByteSize(random.nextInt(1)),
              answer(random)));
    }
    return new TargetProfile(
        text(random),
        random.nextBoolean() ? Map.of() : Map.of("kubernetes", text(random), "cdi", text(random)),
        maybe(random, List.of(text(random), "true", "7")),
        maybe(random, classes),
        maybe(random, List.of("default/vlan-10")),
        maybe(random, nodes),
        maybe(
            random,
            List.of("VirtualMachineInstancetype/u1", "VirtualMachineClusterInstancetype/u1")),
        maybe(random, List.of("VirtualMachinePreference/rhel.9")),
        random.nextBoolean() ? List.of() : List.of(new Unseen(text(random), text(random))));
  }

  private static <T> @Nullable List<T> maybe(Random random, List<T> list) {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> List.of();
      default -> list;
    };
  }

  private static Answer answer(Random random) {
    return Answer.values()[random.nextInt(3)];
  }

  /** What names of a cluster and of people can be: nothing that YAML minds may break it. */
  private static String text(Random random) {
    String hostile = "a:# -?'\"[]{}&*!|>%@`\\\n\t\u0007\u202eé漢~,=yesno0.x";
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.insert(
          random.nextInt(text.length() + 1), hostile.charAt(random.nextInt(hostile.length())));
    }
    return text.toString();
  }

  @Test
  void everySmallChangeGivesAProfileOrAProblemWithAPlace() {
    String bare =
        ProfileSchema.example()
            .replaceAll("(?m)^ *#.*\n", "")
            .replaceAll("(?m) +#.*$", "")
            .replaceAll("(?m)^\n", "");
    int valid = Mutations.bear(bare, ProfileReaderTest::read, 20261125);
    assertTrue(
        valid > 100, () -> "only " + valid + " changes were valid: the test sees too little");
  }
}
