package dev.drover.converters.guard;

import dev.drover.mappings.disk.DiskFormat;

/**
 * What the guard read in an image's first bytes and let pass.
 *
 * @param format as detected, and not contradicted by what the source declares
 * @param detail the subformat: {@code streamOptimized}, {@code monolithicSparse}, {@code
 *     monolithicFlat}, {@code dynamic}, {@code fixed}, {@code v3}; empty for raw
 * @param virtualSize bytes of the disk; for a raw image that is behind a compression and declares
 *     no size, -1
 */
public record ImageHeader(DiskFormat format, String detail, long virtualSize) {}
