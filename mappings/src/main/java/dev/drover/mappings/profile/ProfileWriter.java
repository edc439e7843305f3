package dev.drover.mappings.profile;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import dev.drover.mappings.yaml.Sizes;
import dev.drover.mappings.yaml.YamlDocument;
import dev.drover.mappings.yaml.YamlText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes a profile as YAML that {@link ProfileReader} reads back to the same profile. */
public final class ProfileWriter {
  private final YamlText yaml = new YamlText();
  private final StringBuilder out = new StringBuilder();

  private ProfileWriter() {}

  /** The document; the same profile gives the same text. */
  public static String yaml(TargetProfile profile) {
    ProfileWriter writer = new ProfileWriter();
    writer.write(profile);
    return writer.out.toString();
  }

  /** The same document as JSON, which is YAML too: the reader takes it. */
  public static JsonNode json(TargetProfile profile) {
    return YamlDocument.of(
            "profile", yaml(profile), ProfileSchema.dialect(), (root, problems) -> {})
        .json();
  }

  private void write(TargetProfile profile) {
    out.append(
        """
        # yaml-language-server: $schema=profile.schema.json
        # What this target can do; drover schema profile says what the keys mean. You may correct it.
        # A list that is not here was not seen; what could not be seen stands at the end.
        apiVersion: drover.dev/v1alpha1
        kind: TargetProfile
        metadata:
        """);
    line("  name: " + yaml.scalar(profile.name()));
    line("versions: " + (profile.versions().isEmpty() ? "{}" : yaml.map(profile.versions())));
    texts("features", profile.features());
    List<StorageClass> classes = profile.storageClasses();
    if (classes != null) {
      line("storageClasses:" + none(classes));
      classes.forEach(this::storageClass);
    }
    texts("networks", profile.networks());
    List<NodeGroup> nodes = profile.nodes();
    if (nodes != null) {
      line("nodes:" + none(nodes));
      nodes.forEach(this::group);
    }
    texts("instanceTypes", profile.instanceTypes());
    texts("preferences", profile.preferences());
    line("unseen:" + none(profile.unseen()));
    for (Unseen unseen : profile.unseen()) {
      line("  - what: " + yaml.scalar(unseen.what()));
      line("    permission: " + yaml.scalar(unseen.permission()));
    }
  }

  /** Each answer is written, so that no table of drivers puts another in its place. */
  private void storageClass(StorageClass storage) {
    line("  - name: " + yaml.scalar(storage.name()));
    if (storage.provisioner() != null) {
      line("    provisioner: " + yaml.scalar(storage.provisioner()));
    }
    line("    default: " + storage.isDefault().text());
    line("    snapshot: " + storage.snapshot().text());
    line("    readWriteMany: " + storage.readWriteMany().text());
    line("    block: " + storage.block().text());
    line("    expansion: " + storage.expansion().text());
    line("    cloning: " + storage.cloning().text());
    line("    waitsForConsumer: " + storage.waitsForConsumer().text());
    size("largestVolume", storage.largestVolume());
    size("free", storage.free());
  }

  private void group(NodeGroup group) {
    line("  - name: " + yaml.scalar(group.name()));
    line("    count: " + group.count());
    line("    threads: " + group.threads());
    size("memory", group.memory());
    if (group.freeThreads() != null) {
      line("    freeThreads: " + group.freeThreads());
    }
    size("freeMemory", group.freeMemory());
    line("    smt: " + group.smt().text());
  }

  private void size(String key, @Nullable ByteSize size) {
    if (size != null) {
      line("    " + key + ": " + Sizes.format(size));
    }
  }

  private void texts(String key, @Nullable List<String> texts) {
    if (texts != null) {
      line(key + ":" + none(texts));
      texts.forEach(text -> line("  - " + yaml.scalar(text)));
    }
  }

  private static String none(List<?> list) {
    return list.isEmpty() ? " []" : "";
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
