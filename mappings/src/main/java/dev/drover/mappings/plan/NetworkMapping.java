package dev.drover.mappings.plan;

/**
 * A line of the network map.
 *
 * @param source the source network's name; {@code *} matches any run of characters
 */
public record NetworkMapping(String source, Destination destination) {
  /** What a NIC on that network becomes. */
  public sealed interface Destination {}

  /** The pod network, masqueraded. At most one NIC of a VM can have it. */
  public record Pod() implements Destination {}

  /** A NetworkAttachmentDefinition, bridged. */
  public record Multus(String namespace, String name) implements Destination {}

  /** The NIC is left out, and the report says so. */
  public record Ignore() implements Destination {}
}
