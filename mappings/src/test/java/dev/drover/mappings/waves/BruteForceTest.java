package dev.drover.mappings.waves;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.waves.Estates.Estate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The planner against all there is: for tiny estates every plan is tried. */
class BruteForceTest {
  private static final int ESTATES = 1500;

  @Test
  void aTinyEstateTakesAtMostOneWaveMoreThanItMust() {
    int worse = 0;
    int tried = 0;
    for (long seed = 0; seed < ESTATES; seed++) {
      Estate estate = Estates.random(seed, 8, true);
      WavePlan plan = estate.rules().plan(estate.vms());
      if (!plan.leftOut().isEmpty() || Estates.codes(plan).contains("WAVE-001")) {
        continue; // a unit over the caps has a wave that the search below does not know
      }
      tried++;
      int best = new Search(estate).fewest();
      assertTrue(
          plan.waves().size() <= best + 1,
          "seed " + seed + ": " + plan.waves().size() + " waves, " + best + " are enough");
      worse += plan.waves().size() > best ? 1 : 0;
    }
    assertTrue(tried > ESTATES / 2, "only " + tried + " estates were tried");
    assertTrue(worse < tried / 20, worse + " of " + tried + " take a wave more");
  }

  /** Depth first over the wave of each VM, with a bound that grows. */
  private static final class Search {
    private final Estate estate;
    private final List<WaveVm> vms;
    private final int[] wave;

    Search(Estate estate) {
      this.estate = estate;
      this.vms = estate.vms();
      this.wave = new int[vms.size()];
    }

    int fewest() {
      for (int waves = 1; waves <= vms.size(); waves++) {
        if (place(0, waves)) {
          return waves;
        }
      }
      throw new AssertionError("every VM in a wave of its own is no plan");
    }

    private boolean place(int at, int waves) {
      if (at == vms.size()) {
        return true;
      }
      for (int w = 0; w < waves; w++) {
        wave[at] = w;
        if (isGood(at) && place(at + 1, waves)) {
          return true;
        }
      }
      return false;
    }

    private boolean isGood(int last) {
      WaveVm vm = vms.get(last);
      int count = 1;
      long data = vm.facts().data().bytes();
      for (int i = 0; i < last; i++) {
        WaveVm other = vms.get(i);
        if (wave[i] == wave[last]) {
          count++;
          data += other.facts().data().bytes();
          if (other.marks().apart().stream().anyMatch(vm.marks().apart()::contains)) {
            return false;
          }
        } else if (other.facts().groups().stream().anyMatch(vm.facts().groups()::contains)) {
          return false;
        }
        if ((needs(vm, other) && wave[i] > wave[last])
            || (needs(other, vm) && wave[last] > wave[i])) {
          return false;
        }
      }
      ByteSize cap = estate.rules().data;
      return count <= estate.rules().vms && (cap == null || data <= cap.bytes());
    }

    private static boolean needs(WaveVm needer, WaveVm need) {
      return needer.marks().needs().stream()
          .anyMatch(r -> need.marks().needed().contains(r) && !needer.marks().needed().contains(r));
    }
  }

  @Test
  void theSearchItselfFindsThatApartNeedsTwoWaves() {
    Estates.Rules rules = new Estates.Rules();
    rules.apart = 1;
    List<WaveVm> vms = new ArrayList<>();
    vms.add(Estates.vm("a").apart(0).make());
    vms.add(Estates.vm("b").apart(0).make());
    Map<Integer, Integer> found = new HashMap<>();
    found.put(2, new Search(new Estate(vms, rules)).fewest());
    assertTrue(found.containsValue(2));
  }
}
