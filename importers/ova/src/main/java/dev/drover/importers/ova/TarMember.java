package dev.drover.importers.ova;

/**
 * A regular file in an archive.
 *
 * @param name checked and plain
 * @param header first byte of its header
 * @param offset first byte of its content
 * @param length bytes of its content
 */
record TarMember(String name, long header, long offset, long length) {}
