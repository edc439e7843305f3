package dev.drover.importers.ova;

import org.jspecify.annotations.Nullable;

/**
 * A File of the References, as it is written.
 *
 * @param size the promised bytes, or null
 * @param compression {@code gzip}, or null
 * @param chunkSize null where it is in one piece
 */
record OvfFile(
    String id,
    String href,
    @Nullable String size,
    @Nullable String compression,
    @Nullable String chunkSize,
    Place place) {}
