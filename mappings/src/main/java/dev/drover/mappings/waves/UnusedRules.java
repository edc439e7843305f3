package dev.drover.mappings.waves;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.WavesPolicy;
import dev.drover.mappings.yaml.NearestWord;
import dev.drover.mappings.yaml.Shown;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells of lines of the policy that pick no VM, and of words of VMs that the policy does not have:
 * a misspelt name otherwise changes the plan without a word.
 */
final class UnusedRules {
  private final List<WaveVm> vms;
  private final WavesPolicy policy;
  private final Told told;

  private UnusedRules(List<WaveVm> vms, WavesPolicy policy, Told told) {
    this.vms = vms;
    this.policy = policy;
    this.told = told;
  }

  /**
   * Tells.
   *
   * @param vms all of them: a rule that picks only VMs that stay is no mistake
   */
  static void tell(List<WaveVm> vms, WavesPolicy policy, Told told) {
    UnusedRules unused = new UnusedRules(vms, policy, told);
    unused.rules();
    unused.words();
  }

  private void rules() {
    for (int i = 0; i < policy.leaveOut().size(); i++) {
      int rule = i;
      unless(
          vms.stream().anyMatch(vm -> vm.marks().leaveOut().contains(rule)),
          "waves.leaveOut[" + i + "]");
    }
    for (int i = 0; i < policy.apart().size(); i++) {
      int rule = i;
      unless(
          vms.stream().anyMatch(vm -> vm.marks().apart().contains(rule)), "waves.apart[" + i + "]");
    }
    for (int i = 0; i < policy.dependencies().size(); i++) {
      int rule = i;
      unless(
          vms.stream().anyMatch(vm -> vm.marks().needs().contains(rule)),
          "waves.dependencies[" + i + "].vms");
    }
    for (int i = 0; i < policy.pins().size(); i++) {
      String wave = Frame.canonical(policy.pins().get(i).wave());
      unless(
          vms.stream().anyMatch(vm -> vm.marks().pins().contains(wave)), "waves.pins[" + i + "]");
    }
    unless(
        policy.pilots().isEmpty() || vms.stream().anyMatch(vm -> vm.marks().pilot()),
        "waves.pilots");
  }

  private void unless(boolean used, String place) {
    if (!used) {
      told.add(
          Finding.warning(
              "WAVE-012",
              place + " of the policy picks no VM",
              "mend its patterns (\"*\" stands for any text), or take it out"));
    }
  }

  private void words() {
    Map<String, Integer> unknown = new TreeMap<>();
    if (!policy.criticality().isEmpty()) {
      for (WaveVm vm : vms) {
        String word = vm.facts().criticality();
        if (word != null && !policy.criticality().contains(word)) {
          unknown.merge(word, 1, Integer::sum);
        }
      }
    }
    unknown.forEach(
        (word, count) ->
            told.add(
                Finding.warning(
                        "WAVE-013",
                        "waves.criticality of the policy does not have the word "
                            + Shown.of(word)
                            + "; VMs with it move last",
                        remedy(word))
                    .with(count + (count == 1 ? " VM" : " VMs"))));
  }

  private String remedy(String word) {
    String near = NearestWord.of(word, policy.criticality());
    return near == null
        ? "add it at its place in the list, or mend the label at the source"
        : "add it, or mend the label at the source if " + Shown.of(near) + " is meant";
  }
}
