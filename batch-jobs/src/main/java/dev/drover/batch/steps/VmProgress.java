package dev.drover.batch.steps;

import dev.drover.mappings.progress.Progress;

/** Progress of a VM, which counts what is done over processes and tries. */
public interface VmProgress extends Progress {
  /** That disk was copied by an earlier try: it counts, and nobody sees a bar of it. */
  void copiedBefore(String claim, long bytes);
}
