package dev.drover.kube.manifest;

/**
 * What marks an object as Drover's own. Nothing without {@link #MANAGED_BY} is ever changed or
 * deleted.
 */
public final class Marks {
  private Marks() {}

  /** Label key and value of everything that Drover makes. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}. */
  public static final String DROVER = "drover";

  /** Label: the run. */
  public static final String RUN = "drover.dev/run";

  /**
   * Label: first 16 hexadecimal digits of SHA-256 over the VM's reference; finds all of a VM's
   * objects.
   */
  public static final String VM = "drover.dev/vm";

  /** Annotation: {@code source/id} as it is. */
  public static final String SOURCE = "drover.dev/source";

  /** Annotation: the name at the source. */
  public static final String SOURCE_NAME = "drover.dev/source-name";
}
