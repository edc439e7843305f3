package dev.drover.converters;

import dev.drover.converters.archive.Layers;
import dev.drover.converters.guard.GuardedImage;
import dev.drover.mappings.disk.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells one copy from another: what is saved of a copy counts only for the same files in the same
 * state (size, time of the last change, first 64 KiB of each) on the way to the same place.
 */
final class CopyIdentity {
  private static final int HEAD = 64 << 10;

  private final MessageDigest digest;

  private CopyIdentity() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Of an image on its way to a file. */
  static String of(GuardedImage image, DiskDestination.LocalFile to, long size) throws IOException {
    CopyIdentity identity = new CopyIdentity();
    identity.add(image.header().toString());
    for (FilePart part : ManifestCheck.files(image)) {
      identity.add(part);
    }
    return identity.to(to, size);
  }

  /** Of a source that says itself what it is. */
  static String of(String source, DiskDestination.LocalFile to, long size) {
    CopyIdentity identity = new CopyIdentity();
    identity.add(source);
    return identity.to(to, size);
  }

  private void add(FilePart part) throws IOException {
    add(part.file().toAbsolutePath().normalize() + " " + part.offset() + " " + part.length());
    add(part.wrapping() + " " + part.expected());
    add(Files.size(part.file()) + " " + Files.getLastModifiedTime(part.file()));
    // Behind a compression the first bytes of the part may be far from those of the file.
    try (InputStream in =
        part.wrapping() == dev.drover.mappings.disk.Compression.NONE
            ? Layers.open(part)
            : Files.newInputStream(part.file())) {
      digest.update(in.readNBytes(HEAD));
    }
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private String to(DiskDestination.LocalFile to, long size) {
    add(to.path().toAbsolutePath().normalize() + " " + to.format() + " " + to.compress());
    add(Long.toString(size));
    return HexFormat.of().formatHex(digest.digest());
  }
}
