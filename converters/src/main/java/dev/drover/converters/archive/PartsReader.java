package dev.drover.converters.archive;

import dev.drover.converters.CopyResult.CheckedFile;
import dev.drover.converters.archive.Blocks.Block;
import dev.drover.mappings.disk.FileDigest;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Reads parts from the first byte to the last into blocks, and checks each part's digest. */
final class PartsReader implements Feed {
  private final String label;
  private final List<FilePart> parts;
  private final Blocks blocks;
  private final List<CheckedFile> checked = new CopyOnWriteArrayList<>();

  PartsReader(String label, List<FilePart> parts, Blocks blocks) {
    this.label = label;
    this.parts = parts;
    this.blocks = blocks;
  }

  @Override
  public List<CheckedFile> checked() {
    return List.copyOf(checked);
  }

  @Override
  public void stop() {} // a file's read heeds the interrupt

  @Override
  public void run() {
    ConversionFailed failure = null;
    try (PartFiles files = new PartFiles()) {
      for (FilePart part : parts) {
        pass(part, files);
      }
      finish(files);
    } catch (InterruptedException | ClosedByInterruptException e) {
      return; // closed; nobody listens
    } catch (ConversionFailed e) {
      failure = e;
    } catch (IOException | RuntimeException e) {
      failure =
          new ConversionFailed(
              label,
              "cannot be read",
              "check that the source is complete and can be reached",
              Retry.WORTHWHILE,
              e);
    }
    blocks.end(failure);
  }

  private void finish(PartFiles files) throws IOException {
    try {
      files.finish();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      FilePart last = parts.get(parts.size() - 1);
      throw new ConversionFailed(
          label,
          last.file()
              + " is damaged: its compressed data does not end as it must behind "
              + last.name()
              + " ("
              + e.getMessage()
              + ")",
          "copy the file again from where it came",
          Retry.POINTLESS,
          e);
    }
  }

  private void pass(FilePart part, PartFiles files) throws IOException, InterruptedException {
    MessageDigest digest = digest(part);
    long left = part.length();
    long at = 0;
    files.open(part);
    while (left > 0) {
      Block block = blocks.empty();
      int wanted = (int) Math.min(block.bytes.length, left);
      block.length = read(part, files, at, block.bytes, wanted);
      at += block.length;
      left -= block.length;
      if (digest != null) {
        digest.update(block.bytes, 0, block.length);
      }
      if (left == 0) {
        check(part, digest); // before the last bytes are handed on: nobody builds on a bad file
      }
      blocks.put(block);
    }
    if (part.length() == 0) {
      check(part, digest);
    }
  }

  private int read(FilePart part, PartFiles files, long at, byte[] into, int wanted)
      throws IOException {
    int n;
    try {
      n = files.read(at, into, 0, wanted);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new ConversionFailed(
          label,
          part.name() + " cannot be read at byte " + at + " (" + part.file() + ")",
          "check that the file is whole and can be reached",
          Retry.WORTHWHILE,
          e);
    }
    if (n <= 0) {
      throw new ConversionFailed(
          label,
          part.name()
              + " ends at byte "
              + at
              + " of "
              + part.length()
              + " (file "
              + part.file()
              + " at byte "
              + (part.offset() + at)
              + ")",
          "the file is truncated: copy or export it again");
    }
    return n;
  }

  private @Nullable MessageDigest digest(FilePart part) {
    FileDigest expected = part.expected();
    if (expected == null) {
      return null;
    }
    try {
      return MessageDigest.getInstance(expected.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new ConversionFailed(
          label,
          "the manifest names the digest \"" + expected.algorithm() + "\" for " + part.name(),
          "use SHA-1, SHA-256 or SHA-512 in the manifest, or remove the line",
          Retry.POINTLESS,
          e);
    }
  }

  private void check(FilePart part, @Nullable MessageDigest digest) {
    FileDigest expected = part.expected();
    if (expected == null || digest == null) {
      return;
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected.hex())) {
      throw new ConversionFailed(
          label,
          part.name()
              + " is not what its manifest promises: "
              + expected.algorithm()
              + " "
              + expected.hex()
              + " expected, "
              + found
              + " found",
          "copy or export the appliance again; it was damaged or changed");
    }
    checked.add(new CheckedFile(part.name(), expected.algorithm(), found));
  }
}
