package dev.drover.converters;

import dev.drover.mappings.disk.BlockReader;

/**
 * A reader that several threads may use at once; the engine then reads and unpacks several chunks
 * side by side.
 */
public interface SharedReader extends BlockReader {}
