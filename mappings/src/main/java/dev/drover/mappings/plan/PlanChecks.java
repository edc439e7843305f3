package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Secrets;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlNode.Entry;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a schema cannot say: names that refer to each other, and things that exclude each other. It
 * runs on any tree, so that these mistakes are told together with those of the shape.
 */
final class PlanChecks {
  private static final String OWN_DOMAIN = "drover.dev";
  private static final Set<String> ZONES = new TreeSet<>(ZoneId.getAvailableZoneIds());

  private final YamlNode root;
  private final Problems problems;
  private final Map<String, YamlNode> sources = new HashMap<>();
  private final Map<String, YamlNode> refs = new HashMap<>();
  private final Map<String, YamlNode> targets = new HashMap<>();
  private final Naming naming;
  private final String namespace;

  private PlanChecks(YamlNode root, Problems problems) {
    this.root = root;
    this.problems = problems;
    this.naming = new Naming(naming("prefix"), naming("suffix"));
    YamlNode defaults = root.get("defaults");
    this.namespace = orElse(defaults == null ? null : defaults.text("namespace"), "default");
  }

  /** Adds what is wrong to the problems. */
  static void run(YamlNode root, Problems problems) {
    PlanChecks checks = new PlanChecks(root, problems);
    checks.sources();
    checks.storage();
    YamlNode defaults = root.get("defaults");
    if (defaults != null) {
      checks.metadata(new Place("defaults", defaults));
      checks.platform(new Place("defaults", defaults));
    }
    checks.waves();
  }

  /** A prefix that the schema refuses anyway must not make names of any length. */
  private String naming(String key) {
    YamlNode map = root.get("naming");
    String text = orElse(map == null ? null : map.text(key), "");
    return text.length() > 20 ? "" : text;
  }

  private void sources() {
    List<YamlNode> items = root.items("sources");
    for (int i = 0; i < items.size(); i++) {
      Place source = new Place("sources[" + i + "]", items.get(i));
      unique(sources, source, "name", "source");
      for (String type : List.of("ova", "rvtools", "vsphere", "custom")) {
        YamlNode settings = items.get(i).get(type);
        if (settings != null) {
          source(source.step(type));
        }
      }
    }
  }

  private void source(Place source) {
    YamlNode tls = source.node().get("tls");
    if (tls != null
        && tls.get("thumbprint") != null
        && tls.get("insecure") instanceof YamlNode.Scalar insecure
        && insecure.text().equalsIgnoreCase("true")) {
      problems.add(
          insecure,
          source.path() + ".tls.insecure",
          "a thumbprint pins one certificate, and insecure takes any",
          "one of the two",
          null);
    }
    source
        .node()
        .entries("options")
        .forEach(
            (key, entry) -> {
              if (Secrets.isName(key)) {
                problems.add(
                    entry.keyLine(),
                    entry.keyColumn(),
                    Place.key(source.path() + ".options", key),
                    "a plan holds no user, password or token",
                    Secrets.REMEDY);
              }
            });
  }

  private void storage() {
    List<YamlNode> items = root.items("storage");
    for (int i = 0; i < items.size(); i++) {
      YamlNode line = items.get(i);
      if (line.get("compress") instanceof YamlNode.Scalar compress
          && compress.text().equalsIgnoreCase("true")
          && !"qcow2".equals(line.text("format"))) {
        problems.add(
            compress,
            "storage[" + i + "].compress",
            "a raw file cannot be compressed",
            "format: qcow2 beside it",
            null);
      }
    }
  }

  private void waves() {
    Map<String, YamlNode> names = new HashMap<>();
    List<YamlNode> waves = root.items("waves");
    for (int i = 0; i < waves.size(); i++) {
      Place wave = new Place("waves[" + i + "]", waves.get(i));
      unique(names, wave, "name", "wave");
      List<YamlNode> vms = waves.get(i).items("vms");
      for (int j = 0; j < vms.size(); j++) {
        vm(new Place(wave.path() + ".vms[" + j + "]", vms.get(j)));
      }
    }
  }

  private void vm(Place vm) {
    String ref = vm.node().text("vm");
    if (ref != null) {
      ref(vm.step("vm"), ref);
    }
    targetName(vm);
    metadata(vm);
    platform(vm);
    podNetwork(vm);
  }

  private void ref(Place place, String ref) {
    YamlNode first = refs.putIfAbsent(ref, place.node());
    if (first != null) {
      String what = Shown.of(ref) + " is already in the plan, in line " + first.line();
      problems.add(place.node(), place.path(), what, "each VM once, in one wave", null);
    }
    int slash = ref.indexOf('/');
    String source = slash < 0 ? "" : ref.substring(0, slash);
    if (slash >= 0 && ref.substring(slash + 1).isBlank() && !problems.has(place.node())) {
      problems.add(place.node(), place.path(), "there is no id behind the slash", "an id", null);
    }
    if (slash >= 0 && !sources.containsKey(source)) {
      String nearest = NearestWord.of(source, sources.keySet());
      problems.add(
          place.node(),
          place.path(),
          "no source is called " + Shown.of(source),
          sources.isEmpty() ? "a source under sources:" : "one of: " + some(sources),
          nearest == null ? null : nearest + ref.substring(slash));
    }
  }

  /** Two VMs must not become one object. */
  private void targetName(Place vm) {
    String chosen = vm.node().text("targetName");
    String name = vm.node().text("name");
    if (chosen == null && (name == null || vm.node().get("targetName") != null)) {
      return;
    }
    String target = chosen != null ? chosen : Names.derived(naming, orElse(name, ""));
    String in = orElse(vm.node().text("namespace"), namespace);
    YamlNode first = targets.putIfAbsent(in + "/" + target, vm.node());
    if (first != null) {
      problems.add(
          vm.step(chosen != null ? "targetName" : "name").node(),
          Place.key(vm.path(), chosen != null ? "targetName" : "name"),
          "it becomes " + Shown.of(in + "/" + target) + " like the VM in line " + first.line(),
          "a targetName of its own",
          free(in, target));
    }
  }

  private @Nullable String free(String in, String target) {
    String stem = target.length() > 58 ? target.substring(0, 58) : target;
    for (int i = 2; i < 1000; i++) {
      if (!targets.containsKey(in + "/" + stem + "-" + i)) {
        return "targetName: " + stem + "-" + i;
      }
    }
    return null;
  }

  private void metadata(Place settings) {
    for (String map : List.of("labels", "annotations")) {
      for (Map.Entry<String, Entry> entry : settings.node().entries(map).entrySet()) {
        int slash = entry.getKey().indexOf('/');
        String domain = slash < 0 ? "" : entry.getKey().substring(0, slash);
        if (domain.equals(OWN_DOMAIN) || domain.endsWith("." + OWN_DOMAIN)) {
          problems.add(
              entry.getValue().keyLine(),
              entry.getValue().keyColumn(),
              Place.key(Place.key(settings.path(), map), entry.getKey()),
              "keys below " + OWN_DOMAIN + " are Drover's own: they say what it may delete",
              "another domain");
        }
      }
    }
  }

  private void platform(Place settings) {
    String zone = settings.node().text("timezone");
    Place place = settings.step("timezone");
    if (zone != null && !problems.has(place.node()) && !ZONES.contains(zone)) {
      problems.add(
          place.node(),
          place.path(),
          "no time zone is called " + Shown.of(zone),
          "its IANA name, like Europe/Berlin",
          NearestWord.of(zone, ZONES));
    }
    if ("bios".equals(settings.node().text("firmware"))
        && settings.node().get("secureBoot") instanceof YamlNode.Scalar secure
        && secure.text().equalsIgnoreCase("true")) {
      problems.add(
          secure,
          settings.path() + ".secureBoot",
          "BIOS has no Secure Boot",
          "firmware: efi beside it",
          null);
    }
  }

  private void podNetwork(Place vm) {
    YamlNode first = null;
    for (Map.Entry<String, Entry> nic : vm.node().entries("nics").entrySet()) {
      YamlNode network = nic.getValue().value().get("network");
      YamlNode pod = network == null ? null : network.get("pod");
      if (pod != null && first != null) {
        problems.add(
            pod,
            Place.key(Place.key(vm.path(), "nics"), nic.getKey()) + ".network.pod",
            "another NIC of the VM has the pod network already, in line " + first.line(),
            "multus or ignore",
            null);
      }
      first = first == null ? pod : first;
    }
  }

  private void unique(Map<String, YamlNode> seen, Place item, String key, String kind) {
    String name = item.node().text(key);
    Place place = item.step(key);
    YamlNode first = name == null ? null : seen.putIfAbsent(name, place.node());
    if (first != null && name != null) {
      String what = "another " + kind + " is called " + Shown.of(name) + ", in line ";
      problems.add(place.node(), place.path(), what + first.line(), "a name of its own", null);
    }
  }

  private static String some(Map<String, YamlNode> names) {
    return String.join(", ", names.keySet().stream().sorted().limit(10).toList());
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
