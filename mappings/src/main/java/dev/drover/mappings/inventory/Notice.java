package dev.drover.mappings.inventory;

import dev.drover.mappings.model.Finding;

/**
 * Something to know about a source as a whole: a sheet or a right that was missing, so that a part
 * of what follows is unknown.
 *
 * @param place the source and, where known, the place in it: {@code export.xlsx: vPartition}
 * @param finding what, and how to get it
 */
public record Notice(String place, Finding finding) {}
