package dev.drover.converters;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the written disk gave; a difference is a failure and no value.
 *
 * @param how {@code digest of what was written}, {@code qemu-img compare}, {@code sent bytes only}
 * @param written digest of what was read back, or null
 */
public record Verification(String how, @Nullable DiskDigest written) {}
