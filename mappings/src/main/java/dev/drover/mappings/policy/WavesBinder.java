package dev.drover.mappings.policy;

import dev.drover.mappings.plan.Durations;
import dev.drover.mappings.policy.WavesPolicy.Apart;
import dev.drover.mappings.policy.WavesPolicy.Blackout;
import dev.drover.mappings.policy.WavesPolicy.Caps;
import dev.drover.mappings.policy.WavesPolicy.Dependency;
import dev.drover.mappings.policy.WavesPolicy.LeaveOut;
import dev.drover.mappings.policy.WavesPolicy.Pin;
import dev.drover.mappings.policy.WavesPolicy.Together;
import dev.drover.mappings.policy.WavesPolicy.Window;
import dev.drover.mappings.yaml.Fields;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of a policy that says how waves are made. */
final class WavesBinder {
  private WavesBinder() {}

  static WavesPolicy waves(Fields waves) {
    WavesPolicy usual = WavesPolicy.DEFAULT;
    return new WavesPolicy(
        waves.list("leaveOut", l -> new LeaveOut(vms(l, "vms"), l.required("reason"))),
        waves.has("together") ? waves.list("together", WavesBinder::together) : usual.together(),
        waves.list("apart", a -> new Apart(a.required("name"), vms(a, "vms"))),
        waves.list(
            "dependencies",
            d -> new Dependency(vms(d, "vms"), vms(d, "need"), d.required("reason"))),
        waves.text("dependenciesFile"),
        waves.list("pilots", PolicyBinder::selector),
        waves.integer("pilotVms", usual.pilotVms()),
        waves.texts("criticality"),
        waves.json().path("byOwner").asBoolean(usual.byOwner()),
        waves.list("windows", WavesBinder::window),
        waves.list("blackouts", WavesBinder::blackout),
        caps(waves.at("caps")),
        waves.list("pins", p -> new Pin(p.required("wave"), vms(p, "vms"))));
  }

  private static Together together(Fields together) {
    return new Together(Together.By.valueOf(together.required("by")), together.text("key"));
  }

  private static Window window(Fields window) {
    return new Window(
        window.required("name"),
        ZoneId.of(window.required("zone")),
        window.texts("days").stream().map(WavesBinder::day).collect(Collectors.toSet()),
        LocalTime.parse(window.required("from")),
        Durations.parse(window.required("length")),
        date(window, "first"),
        date(window, "last"));
  }

  private static Blackout blackout(Fields blackout) {
    return new Blackout(
        blackout.required("reason"),
        ZoneId.of(blackout.required("zone")),
        LocalDateTime.parse(blackout.required("from")),
        LocalDateTime.parse(blackout.required("to")));
  }

  private static Caps caps(Fields caps) {
    Caps usual = Caps.DEFAULT;
    return new Caps(
        caps.integer("vms", usual.vms()),
        caps.size("data"),
        caps.integer("cpus"),
        caps.size("memory"),
        caps.integer("copies", usual.copies()),
        caps.has("copiesPerHost") ? caps.integer("copiesPerHost") : usual.copiesPerHost(),
        caps.integer("copiesPerDatastore"),
        caps.number("waveShare"),
        caps.number("reserve", usual.reserve()));
  }

  private static VmSelector vms(Fields map, String key) {
    return PolicyBinder.selector(map.at(key));
  }

  private static DayOfWeek day(String word) {
    return DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static @Nullable LocalDate date(Fields map, String key) {
    return map.word(key, LocalDate::parse);
  }
}
