package dev.drover.mappings.waves;

/**
 * A line of the file of dependencies.
 *
 * @param vm the name of a VM at the source, or {@code SOURCE/ID}
 * @param need what it needs, the same
 * @param place file and line, for people: {@code links.csv:12}
 */
public record DependencyLink(String vm, String need, String place) {}
