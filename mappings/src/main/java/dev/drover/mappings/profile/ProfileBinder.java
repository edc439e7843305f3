package dev.drover.mappings.profile;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.profile.Provisioners.Driver;
import dev.drover.mappings.profile.TargetProfile.NodeGroup;
import dev.drover.mappings.profile.TargetProfile.StorageClass;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import dev.drover.mappings.yaml.Fields;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the record of a document that holds no mistake any more. */
final class ProfileBinder {
  private static final Driver UNKNOWN =
      new Driver(
          "", Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN);

  private ProfileBinder() {}

  static TargetProfile profile(JsonNode json) {
    Fields profile = new Fields(json);
    return new TargetProfile(
        profile.at("metadata").required("name"),
        profile.map("versions", JsonNode::asString),
        texts(profile, "features", word -> word),
        profile.has("storageClasses") ? classes(profile) : null,
        texts(profile, "networks", word -> word),
        profile.has("nodes") ? profile.list("nodes", ProfileBinder::group) : null,
        texts(profile, "instanceTypes", word -> kindAndName(word, "Instancetype")),
        texts(profile, "preferences", word -> kindAndName(word, "Preference")),
        profile.list("unseen", u -> new Unseen(u.required("what"), u.required("permission"))));
  }

  private static List<StorageClass> classes(Fields profile) {
    boolean oneIsDefault =
        profile
            .list("storageClasses", c -> answer(c, "default", Answer.UNKNOWN))
            .contains(Answer.YES);
    Answer otherwise = oneIsDefault ? Answer.NO : Answer.UNKNOWN;
    return profile.list("storageClasses", c -> storageClass(c, otherwise));
  }

  private static StorageClass storageClass(Fields map, Answer isDefault) {
    String provisioner = map.text("provisioner");
    Driver driver = provisioner == null ? UNKNOWN : Provisioners.find(provisioner).orElse(UNKNOWN);
    return new StorageClass(
        map.required("name"),
        provisioner,
        answer(map, "default", isDefault),
        answer(map, "snapshot", driver.snapshot()),
        answer(map, "readWriteMany", driver.readWriteMany()),
        answer(map, "block", driver.block()),
        answer(map, "expansion", driver.expansion()),
        answer(map, "cloning", driver.cloning()),
        answer(map, "waitsForConsumer", Answer.UNKNOWN),
        map.size("largestVolume"),
        map.size("free"));
  }

  private static NodeGroup group(Fields map) {
    return new NodeGroup(
        map.required("name"),
        map.integer("count", 1),
        map.integer("threads", 1),
        Objects.requireNonNullElse(map.size("memory"), ByteSize.ZERO),
        map.integer("freeThreads"),
        map.size("freeMemory"),
        answer(map, "smt", Answer.UNKNOWN));
  }

  private static Answer answer(Fields map, String key, Answer otherwise) {
    return map.has(key) ? answer(map.json().path(key)) : otherwise;
  }

  private static Answer answer(JsonNode word) {
    if (word.isBoolean()) {
      return Answer.of(word.asBoolean());
    }
    return switch (word.asString()) {
      case "yes" -> Answer.YES;
      case "no" -> Answer.NO;
      default -> Answer.UNKNOWN;
    };
  }

  /** A name alone is of a kind for the whole cluster, as KubeVirt has it. */
  private static String kindAndName(String word, String kind) {
    int slash = word.indexOf('/');
    boolean namespaced =
        slash >= 0 && word.substring(0, slash).equalsIgnoreCase("VirtualMachine" + kind);
    return "VirtualMachine"
        + (namespaced ? "" : "Cluster")
        + kind
        + "/"
        + word.substring(slash + 1);
  }

  private static @Nullable List<String> texts(
      Fields profile, String key, Function<String, String> each) {
    return profile.has(key) ? profile.texts(key).stream().map(each).toList() : null;
  }
}
