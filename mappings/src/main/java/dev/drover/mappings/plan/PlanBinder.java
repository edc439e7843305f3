package dev.drover.mappings.plan;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.NetworkMapping.Destination;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the records of a document that holds no mistake any more, and fills the defaults in. */
final class PlanBinder {
  private static final Duration HOOK_TIMEOUT = Duration.ofMinutes(5);
  private static final List<StorageMapping> ANY_STORAGE =
      List.of(new StorageMapping("*", null, null, null, DiskFormat.RAW, false));

  private PlanBinder() {}

  /**
   * The plan.
   *
   * @param files the VMs of waves that have a file of their own
   */
  static MigrationPlan plan(JsonNode plan, String digest, Function<String, List<VmPlan>> files) {
    return new MigrationPlan(
        plan.path("metadata").path("name").asString(),
        digest,
        list(plan.path("sources"), PlanBinder::source),
        target(plan.path("target")),
        list(plan.path("networks"), n -> new NetworkMapping(required(n, "source"), destination(n))),
        plan.has("storage") ? list(plan.path("storage"), PlanBinder::storage) : ANY_STORAGE,
        new Naming(
            plan.path("naming").path("prefix").asString(""),
            plan.path("naming").path("suffix").asString("")),
        settings(plan.path("defaults")),
        list(plan.path("waves"), wave -> wave(wave, files)),
        hooks(plan.path("hooks")),
        retry(plan.path("retry")),
        plan.has("planning") ? planning(plan.path("planning")) : null,
        plan.has("rateLimits") ? rateLimits(plan.path("rateLimits")) : RateLimits.NONE);
  }

  private static RateLimits rateLimits(JsonNode limits) {
    String zone = text(limits, "zone");
    return new RateLimits(
        zone == null ? ZoneOffset.UTC : ZoneId.of(zone),
        rates(limits),
        list(limits.path("hours"), PlanBinder::hours));
  }

  private static RateLimits.Hours hours(JsonNode hours) {
    List<DayOfWeek> days =
        hours.has("days")
            ? list(
                hours.path("days"), d -> DayOfWeek.valueOf(d.asString().toUpperCase(Locale.ROOT)))
            : List.of(DayOfWeek.values());
    return new RateLimits.Hours(
        Set.copyOf(days),
        LocalTime.parse(required(hours, "from")),
        LocalTime.parse(required(hours, "to")),
        rates(hours));
  }

  private static RateLimits.Rates rates(JsonNode map) {
    return new RateLimits.Rates(rate(map, "disk"), rate(map, "host"), rate(map, "wave"));
  }

  private static @Nullable Long rate(JsonNode map, String key) {
    return word(map, key, text -> RateLimits.parse(text).orElseThrow());
  }

  private static PlanInputs planning(JsonNode planning) {
    return new PlanInputs(
        required(planning, "inventory"),
        required(planning, "inventoryDigest"),
        text(planning, "profile"),
        text(planning, "policy"),
        text(planning, "rates"),
        OffsetDateTime.parse(required(planning, "from")).toInstant());
  }

  private static SourceSpec source(JsonNode source) {
    String name = required(source, "name");
    if (source.has("ova")) {
      JsonNode ova = source.path("ova");
      return spec(name, "ova", required(ova, "path"), ova);
    } else if (source.has("rvtools")) {
      JsonNode rvtools = source.path("rvtools");
      return spec(name, "rvtools", required(rvtools, "path"), rvtools);
    } else if (source.has("vsphere")) {
      JsonNode vsphere = source.path("vsphere");
      return spec(name, "vsphere", required(vsphere, "url"), vsphere);
    }
    JsonNode custom = source.path("custom");
    return spec(name, required(custom, "type"), required(custom, "location"), custom);
  }

  private static SourceSpec spec(String name, String type, String location, JsonNode settings) {
    JsonNode tls = settings.path("tls");
    return new SourceSpec(
        name,
        type,
        location,
        settings.has("credentials") ? credentials(settings.path("credentials")) : null,
        settings.has("tls")
            ? new SourceSpec.Tls(
                text(tls, "thumbprint"), text(tls, "caFile"), tls.path("insecure").asBoolean(false))
            : null,
        texts(settings.path("options")));
  }

  private static CredentialsRef credentials(JsonNode ref) {
    if (ref.has("env")) {
      return new CredentialsRef.Env(required(ref, "env"));
    } else if (ref.has("file")) {
      return new CredentialsRef.File(required(ref, "file"));
    }
    JsonNode secret = ref.path("secret");
    return new CredentialsRef.Secret(required(secret, "namespace"), required(secret, "name"));
  }

  private static TargetSpec target(JsonNode target) {
    if (target.has("directory")) {
      return new TargetSpec.Directory(required(target.path("directory"), "path"));
    }
    JsonNode cluster = target.path("kubernetes");
    JsonNode impersonate = cluster.path("impersonate");
    return new TargetSpec.Kubernetes(
        text(cluster, "kubeconfig"),
        text(cluster, "context"),
        text(impersonate, "user"),
        list(impersonate.path("groups"), JsonNode::asString));
  }

  private static Destination destination(JsonNode network) {
    if (network.has("pod")) {
      return new NetworkMapping.Pod();
    } else if (network.has("ignore")) {
      return new NetworkMapping.Ignore();
    }
    JsonNode multus = network.path("multus");
    return new NetworkMapping.Multus(required(multus, "namespace"), required(multus, "name"));
  }

  private static StorageMapping storage(JsonNode line) {
    return new StorageMapping(
        required(line, "source"),
        text(line, "storageClass"),
        word(line, "accessMode", StorageMapping.AccessMode::valueOf),
        word(line, "volumeMode", StorageMapping.VolumeMode::valueOf),
        DiskFormat.valueOf(line.path("format").asString("raw").toUpperCase(Locale.ROOT)),
        line.path("compress").asBoolean(false));
  }

  private static VmSettings settings(JsonNode map) {
    return new VmSettings(
        text(map, "namespace"),
        word(map, "diskBus", VmSettings.DiskBus::valueOf),
        text(map, "nicModel"),
        text(map, "instanceType"),
        text(map, "preference"),
        word(map, "power", VmSettings.Power::valueOf),
        sourceRule(map.path("source")),
        word(map, "guestConversion", VmSettings.GuestConversion::valueOf),
        text(map, "machineType"),
        word(map, "firmware", VmSettings.Firmware::valueOf),
        map.has("secureBoot") ? map.path("secureBoot").asBoolean() : null,
        text(map, "timezone"),
        texts(map.path("labels")),
        texts(map.path("annotations")));
  }

  private static SourceRule sourceRule(JsonNode rule) {
    String within = text(rule, "within");
    return new SourceRule(
        word(rule, "whenRunning", SourceRule.WhenRunning::valueOf),
        within == null ? null : Durations.parse(within),
        rule.has("quiesce") ? rule.path("quiesce").asBoolean() : null);
  }

  private static Wave wave(JsonNode wave, Function<String, List<VmPlan>> files) {
    String file = text(wave, "vmsFile");
    JsonNode limits = wave.path("limits");
    return new Wave(
        required(wave, "name"),
        new Wave.Limits(
            limits.path("vms").asInt(Wave.Limits.DEFAULT.vms()),
            limits.path("disks").asInt(Wave.Limits.DEFAULT.disks())),
        file == null ? vms(wave) : files.apply(file),
        wave.has("window") ? window(wave.path("window")) : null,
        file);
  }

  private static Wave.Window window(JsonNode window) {
    String zone = text(window, "zone");
    return new Wave.Window(
        text(window, "name"),
        time(required(window, "start"), zone),
        time(required(window, "end"), zone));
  }

  private static ZonedDateTime time(String text, @Nullable String zone) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    return zone == null ? time.toZonedDateTime() : time.atZoneSameInstant(ZoneId.of(zone));
  }

  /** Of a wave, or of its file. */
  static List<VmPlan> vms(JsonNode holder) {
    return list(holder.path("vms"), PlanBinder::vm);
  }

  private static VmPlan vm(JsonNode vm) {
    String ref = required(vm, "vm");
    int slash = ref.indexOf('/');
    return new VmPlan(
        new VmRef(ref.substring(0, slash), ref.substring(slash + 1)),
        required(vm, "name"),
        text(vm, "targetName"),
        settings(vm),
        map(
            vm.path("disks"),
            disk ->
                new VmPlan.DiskOverride(
                    disk.path("skip").asBoolean(false),
                    word(disk, "bus", VmSettings.DiskBus::valueOf),
                    text(disk, "storageClass"))),
        map(
            vm.path("nics"),
            nic ->
                new VmPlan.NicOverride(
                    nic.path("skip").asBoolean(false),
                    text(nic, "model"),
                    nic.has("network") ? destination(nic.path("network")) : null)));
  }

  private static Hooks hooks(JsonNode hooks) {
    return new Hooks(
        list(hooks.path("beforeWave"), PlanBinder::hook),
        list(hooks.path("afterWave"), PlanBinder::hook),
        list(hooks.path("beforeVm"), PlanBinder::hook),
        list(hooks.path("afterVm"), PlanBinder::hook),
        list(hooks.path("beforeCutover"), PlanBinder::hook),
        list(hooks.path("afterCutover"), PlanBinder::hook));
  }

  private static Hooks.Hook hook(JsonNode hook) {
    return new Hooks.Hook(
        list(hook.path("argv"), JsonNode::asString), duration(hook, "timeout", HOOK_TIMEOUT));
  }

  private static RetryPolicy retry(JsonNode retry) {
    return new RetryPolicy(
        retry.path("attempts").asInt(RetryPolicy.DEFAULT.attempts()),
        duration(retry, "delay", RetryPolicy.DEFAULT.delay()));
  }

  private static Duration duration(JsonNode map, String key, Duration otherwise) {
    String text = text(map, key);
    return text == null ? otherwise : Durations.parse(text);
  }

  private static String required(JsonNode map, String key) {
    return map.path(key).asString();
  }

  private static @Nullable String text(JsonNode map, String key) {
    return map.has(key) ? map.path(key).asString() : null;
  }

  private static <T> @Nullable T word(JsonNode map, String key, Function<String, T> value) {
    String text = text(map, key);
    return text == null ? null : value.apply(text);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    return array.valueStream().map(item).toList();
  }

  private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    object.properties().forEach(e -> map.put(e.getKey(), value.apply(e.getValue())));
    return map;
  }

  private static Map<String, String> texts(JsonNode object) {
    return map(object, JsonNode::asString);
  }
}
