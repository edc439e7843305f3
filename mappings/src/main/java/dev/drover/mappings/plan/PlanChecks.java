package dev.drover.mappings.plan;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Secrets;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
import dev.drover.mappings.yaml.YamlNode.Entry;
import dev.drover.mappings.yaml.Zones;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a schema cannot say: names that refer to each other, and things that exclude each other. It
 * runs on any tree, so that these mistakes are told together with those of the shape.
 */
final class PlanChecks {
  private static final String OWN_DOMAIN = "drover.dev";

  private final YamlNode root;
  private final WaveFiles files;
  private Problems problems;
  private String file = "";
  private final Map<String, YamlNode> sources = new HashMap<>();
  private final Map<String, String> refs = new HashMap<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Naming naming;
  private final String namespace;

  private PlanChecks(YamlNode root, Problems problems, WaveFiles files) {
    this.files = files;
    this.root = root;
    this.problems = problems;
    this.naming = new Naming(naming("prefix"), naming("suffix"));
    YamlNode defaults = root.get("defaults");
    this.namespace = orElse(defaults == null ? null : defaults.text("namespace"), "default");
  }

  /**
   * Adds what is wrong to the problems.
   *
   * @param files reads the files of waves, and keeps what is wrong in them
   */
  static void run(YamlNode root, Problems problems, WaveFiles files) {
    PlanChecks checks = new PlanChecks(root, problems, files);
    checks.sources();
    checks.storage();
    new RateChecks(problems).check(root);
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
      window(wave);
      holder(wave);
    }
  }

  /** A wave lists its VMs, or names the file that does. */
  private void holder(Place wave) {
    String name = wave.node().text("vmsFile");
    boolean both = wave.node().get("vms") != null && wave.node().get("vmsFile") != null;
    if (both) {
      Place place = wave.step("vmsFile");
      problems.add(place.node(), place.path(), "the wave has vms as well", "one of the two", null);
    } else if (name != null && !problems.has(wave.step("vmsFile").node())) {
      files.read(wave.step("vmsFile"), name, problems, this::inFile);
    } else if (wave.node().get("vms") == null
        && wave.node().get("vmsFile") == null
        && wave.node() instanceof YamlNode.Mapping) {
      problems.add(
          wave.node(),
          Place.key(wave.path(), "vms"),
          "this is missing",
          "a line \"vms: …\" (the VMs of the wave), or vmsFile",
          null);
    }
    vms(wave);
  }

  private void inFile(String name, YamlNode root, Problems own) {
    Problems outer = problems;
    problems = own;
    file = name;
    vms(new Place("", root));
    problems = outer;
    file = "";
  }

  private void vms(Place holder) {
    List<YamlNode> vms = holder.node().items("vms");
    for (int j = 0; j < vms.size(); j++) {
      vm(new Place(Place.key(holder.path(), "vms") + "[" + j + "]", vms.get(j)));
    }
  }

  private void window(Place wave) {
    YamlNode window = wave.node().get("window");
    if (window == null) {
      return;
    }
    Place place = wave.step("window");
    Zones.of(place, "zone", problems);
    OffsetDateTime start = time(place, "start");
    OffsetDateTime end = time(place, "end");
    if (start != null && end != null && !start.isBefore(end)) {
      Place at = place.step("end");
      problems.add(at.node(), at.path(), "the window ends before it starts", "a later time", null);
    }
  }

  private @Nullable OffsetDateTime time(Place window, String key) {
    Place place = window.step(key);
    String text = window.node().text(key);
    if (text == null || problems.has(place.node())) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      String what = Shown.of(text) + " is no time";
      problems.add(place.node(), place.path(), what, "one like 2027-01-16T22:00:00+01:00", null);
      return null;
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
    String first = refs.putIfAbsent(ref, spot(place.node()));
    if (first != null) {
      String what = Shown.of(ref) + " is already in the plan, in " + first;
      problems.add(place.node(), place.path(), what, "each VM once, in one wave", null);
    }
    int slash = ref.indexOf('/');
    String source = slash < 0 ? "" : ref.substring(0, slash);
    if (slash >= 0 && ref.substring(slash + 1).isBlank() && !problems.has(place.node())) {
      problems.add(place.node(), place.path(), "there is no id behind the slash", "an id", null);
    }
    if (ref.length() - slash - 1 > VmRef.LONGEST_ID) {
      String what = "an id of " + (ref.length() - slash - 1) + " characters stands here";
      String most = "at most " + VmRef.LONGEST_ID + "; move the VM's files into a shorter path";
      problems.add(place.node(), place.path(), what, most, null);
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
    String first = targets.putIfAbsent(in + "/" + target, spot(vm.node()));
    if (first != null) {
      problems.add(
          vm.step(chosen != null ? "targetName" : "name").node(),
          Place.key(vm.path(), chosen != null ? "targetName" : "name"),
          "it becomes " + Shown.of(in + "/" + target) + " like the VM in " + first,
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
    Zones.of(settings, "timezone", problems);
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

  /** Of the plan itself a line; of a wave's file its name before it. */
  private String spot(YamlNode node) {
    return (file.isEmpty() ? "" : file + ", ") + "line " + node.line();
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
