package dev.drover.batch.run;

import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.Naming;
import dev.drover.mappings.plan.RetryPolicy;
import dev.drover.mappings.plan.SourceRule;
import dev.drover.mappings.plan.SourceSpec;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.plan.VmPlan;
import dev.drover.mappings.plan.VmSettings;
import dev.drover.mappings.plan.Wave;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A plan as properties, so that these tests stand without the language of real plans. */
record PlanText(Properties said) {
  static PlanText of(Path file) {
    Properties said = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      said.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PlanText(said);
  }

  int number(String key, int otherwise) {
    String text = text(key);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  @Nullable String text(String key) {
    return said.getProperty(key);
  }

  static MigrationPlan read(Path file, Path out) {
    PlanText text = of(file);
    List<Wave> waves = new ArrayList<>();
    int perWave = text.number("vms", 1);
    for (int w = 1; w <= text.number("waves", 1); w++) {
      List<VmPlan> vms = new ArrayList<>();
      for (int v = 1; v <= perWave; v++) {
        String name = "vm-" + ((w - 1) * perWave + v);
        VmRef ref = new VmRef("src", name);
        vms.add(
            new VmPlan(ref, name, text.text("name." + name), VmSettings.NONE, Map.of(), Map.of()));
      }
      Wave.Limits limits =
          new Wave.Limits(text.number("limitVms", 2), text.number("limitDisks", 2));
      waves.add(new Wave("wave-" + w, limits, vms, text.window("wave-" + w), null));
    }
    Hooks hooks =
        new Hooks(
            text.hook("beforeWave"),
            text.hook("afterWave"),
            text.hook("beforeVm"),
            text.hook("afterVm"),
            text.hook("beforeCutover"),
            text.hook("afterCutover"));
    try {
      return new MigrationPlan(
          "test",
          Sha256.hex(Files.readAllBytes(file)),
          List.of(
              new SourceSpec(
                  "src", "fake", "there", new CredentialsRef.Env("SRC"), null, Map.of())),
          new TargetSpec.Directory(out.toString()),
          List.of(),
          List.of(),
          Naming.PLAIN,
          text.settings(),
          waves,
          hooks,
          new RetryPolicy(text.number("attempts", 1), Duration.ofMillis(5)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VmSettings settings() {
    String rule = text("whenRunning");
    VmSettings none = VmSettings.NONE;
    return rule == null
        ? none
        : new VmSettings(
            none.namespace(),
            none.diskBus(),
            none.nicModel(),
            none.instanceType(),
            none.preference(),
            none.power(),
            new SourceRule(SourceRule.WhenRunning.valueOf(rule), Duration.ofSeconds(90), null),
            none.guestConversion(),
            none.machineType(),
            none.firmware(),
            none.secureBoot(),
            none.timezone(),
            none.labels(),
            none.annotations());
  }

  /** {@code START/END}. */
  private Wave.@Nullable Window window(String wave) {
    String text = text("window." + wave);
    if (text == null) {
      return null;
    }
    String[] ends = text.split("/", -1);
    return new Wave.Window(null, ZonedDateTime.parse(ends[0]), ZonedDateTime.parse(ends[1]));
  }

  /** {@code SECONDS program argument argument}. */
  private List<Hooks.Hook> hook(String point) {
    String text = text(point);
    if (text == null) {
      return List.of();
    }
    List<String> words = List.of(text.split(" ", -1));
    return List.of(
        new Hooks.Hook(
            words.subList(1, words.size()), Duration.ofSeconds(Long.parseLong(words.get(0)))));
  }
}
