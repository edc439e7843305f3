package dev.drover.mappings.plan;

import dev.drover.mappings.yaml.Place;
import dev.drover.mappings.yaml.Problems;
import dev.drover.mappings.yaml.Secrets;
import dev.drover.mappings.yaml.Shown;
import dev.drover.mappings.yaml.YamlNode;
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
  private final YamlNode root;
  private final WaveFiles files;
  private Problems problems;
  private String file = "";
  private final Map<String, YamlNode> sources = new HashMap<>();
  private final VmChecks vms;

  private PlanChecks(YamlNode root, Problems problems, WaveFiles files) {
    this.files = files;
    this.root = root;
    this.problems = problems;
    this.vms = new VmChecks(root, sources.keySet());
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
      new SettingsChecks(problems).check(new Place("defaults", defaults));
    }
    checks.waves();
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
    List<YamlNode> items = holder.node().items("vms");
    for (int j = 0; j < items.size(); j++) {
      Place vm = new Place(Place.key(holder.path(), "vms") + "[" + j + "]", items.get(j));
      vms.check(vm, file, problems);
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

  private void unique(Map<String, YamlNode> seen, Place item, String key, String kind) {
    String name = item.node().text(key);
    Place place = item.step(key);
    YamlNode first = name == null ? null : seen.putIfAbsent(name, place.node());
    if (first != null && name != null) {
      String what = "another " + kind + " is called " + Shown.of(name) + ", in line ";
      problems.add(place.node(), place.path(), what + first.line(), "a name of its own", null);
    }
  }
}
