package dev.drover.mappings.model;

/**
 * Names a VM across all sources.
 *
 * @param source the name of the source in the plan
 * @param id what the source itself uses: a managed object id, a domain UUID, {@code web.ova#vm1};
 *     stable as long as the VM is
 */
public record VmRef(String source, String id) {
  /** Characters of an id that the records of runs keep; a path is the longest. */
  public static final int LONGEST_ID = 1000;

  public VmRef {
    if (source.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("a VM needs a source and an id: " + source + "/" + id);
    }
  }

  @Override
  public String toString() {
    return source + "/" + id;
  }
}
