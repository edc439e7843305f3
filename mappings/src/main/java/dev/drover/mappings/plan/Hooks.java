package dev.drover.mappings.plan;

import java.time.Duration;
import java.util.List;

/** Programs that run at points of a run, each list in its order. */
public record Hooks(
    List<Hook> beforeWave,
    List<Hook> afterWave,
    List<Hook> beforeVm,
    List<Hook> afterVm,
    List<Hook> beforeCutover,
    List<Hook> afterCutover) {
  /** None. */
  public static final Hooks NONE =
      new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Hooks {
    beforeWave = List.copyOf(beforeWave);
    afterWave = List.copyOf(afterWave);
    beforeVm = List.copyOf(beforeVm);
    afterVm = List.copyOf(afterVm);
    beforeCutover = List.copyOf(beforeCutover);
    afterCutover = List.copyOf(afterCutover);
  }

  /**
   * A program. Its environment holds {@code DROVER_PLAN}, {@code DROVER_WAVE} and, for a VM, {@code
   * DROVER_VM}, {@code DROVER_VM_NAME}, {@code DROVER_TARGET_NAME}, {@code DROVER_NAMESPACE}.
   *
   * @param argv program and arguments; no shell is in between
   * @param timeout its process group is ended after this
   */
  public record Hook(List<String> argv, Duration timeout) {
    public Hook {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("a hook without a program");
      }
    }
  }
}
