package dev.drover.mappings.waves;

import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.waves.WavePlan.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The waves that are there before a VM is placed: those of an earlier plan, or the pilots', those
 * that pins name in words of their own, and the numbered ones up to the highest that a pin names.
 */
final class Frame {
  static final String PILOT = "pilot";
  private static final Pattern NUMBERED = Pattern.compile("wave-([0-9]{1,5})");

  private final Planning planning;
  private final Slots slots;
  private final boolean pilots;

  Frame(Planning planning, Slots slots, boolean pilots) {
    this.planning = planning;
    this.slots = slots;
    this.pilots = pilots;
  }

  /** New waves each time: packing fills them. */
  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (Planning.Earlier earlier : planning.earlier()) {
      Bin bin = new Bin(earlier.name().equals(PILOT), earlier.name());
      bin.slot = earlier.slot();
      bin.ran = earlier.ran();
      bins.add(bin);
    }
    pinned(bins);
    if (!planning.policy().waves().windows().isEmpty()) {
      dates(bins);
    }
    return bins;
  }

  private void pinned(List<Bin> bins) {
    Set<String> names = new LinkedHashSet<>();
    bins.forEach(bin -> names.add(canonical(String.valueOf(bin.name))));
    if (pilots && planning.earlier().isEmpty()) {
      bins.add(new Bin(true, PILOT));
      names.add(PILOT);
    }
    int highest = 0;
    for (WavesPolicy.Pin pin : planning.policy().waves().pins()) {
      Matcher matcher = NUMBERED.matcher(pin.wave());
      if (matcher.matches()) {
        highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
      } else if (names.add(pin.wave())) {
        bins.add(new Bin(pin.wave().equals(PILOT), pin.wave()));
      }
    }
    for (int i = 1; i <= highest; i++) {
      if (!names.contains(numbered(i))) {
        bins.add(new Bin(false, numbered(i)));
      }
    }
  }

  /** An earlier wave keeps its window where the policy still has it. */
  private void dates(List<Bin> bins) {
    Instant end = planning.from();
    for (Bin bin : bins) {
      Slot slot = bin.slot;
      if (!bin.ran) {
        boolean keeps = slot != null && slots.has(slot) && !slot.start().toInstant().isBefore(end);
        Optional<Slot> next = keeps ? Optional.ofNullable(slot) : slots.after(end);
        bin.slot = next.orElse(null);
        bin.ran = next.isEmpty();
      }
      if (bin.slot != null && bin.slot.end().toInstant().isAfter(end)) {
        end = bin.slot.end().toInstant();
      }
    }
  }

  /** Two digits at least, and more where they are needed, so that no wave changes its name. */
  static String numbered(int number) {
    return String.format(java.util.Locale.ROOT, "wave-%02d", number);
  }

  /** {@code wave-3} and {@code wave-03} are one. */
  static String canonical(String wave) {
    Matcher matcher = NUMBERED.matcher(wave);
    return matcher.matches() ? numbered(Integer.parseInt(matcher.group(1))) : wave;
  }

  /** The place of a wave that a pin names. */
  static int place(List<Bin> bins, String wave) {
    for (int i = 0; i < bins.size(); i++) {
      if (canonical(String.valueOf(bins.get(i).name)).equals(canonical(wave))) {
        return i;
      }
    }
    throw new IllegalStateException("a wave for each pin is made before: " + wave);
  }

  /** Names those that have none, above all numbers that are there. */
  static void name(List<Bin> bins) {
    int number = 0;
    for (Bin bin : bins) {
      Matcher matcher = NUMBERED.matcher(String.valueOf(bin.name));
      if (bin.name == null) {
        bin.name = numbered(++number);
      } else if (matcher.matches()) {
        number = Math.max(number, Integer.parseInt(matcher.group(1)));
      }
    }
  }
}
