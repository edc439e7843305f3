package dev.drover.mappings.plan;

/**
 * How a VM's name becomes a Kubernetes name.
 *
 * @param prefix put before, may be empty
 * @param suffix put behind, may be empty
 */
public record Naming(String prefix, String suffix) {
  /** Names as they are, made to fit RFC 1123. */
  public static final Naming PLAIN = new Naming("", "");
}
