package dev.drover.importers.ova;

import org.jspecify.annotations.Nullable;

/**
 * A Disk of the DiskSection, as it is written; {@link Capacity} computes with it.
 *
 * @param capacity a number, or {@code ${property}}; null where it is missing
 * @param units {@code capacityAllocationUnits}, null for bytes
 * @param fileRef null for a disk without content
 * @param parentRef the disk that this one is a delta of, or null
 */
record OvfDisk(
    String id,
    @Nullable String capacity,
    @Nullable String units,
    @Nullable String fileRef,
    @Nullable String parentRef,
    @Nullable String format,
    @Nullable String populatedSize,
    @Nullable String uuid,
    boolean shared,
    Place place) {}
