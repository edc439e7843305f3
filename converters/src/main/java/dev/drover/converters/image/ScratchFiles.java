package dev.drover.converters.image;

import dev.drover.converters.archive.Layers;
import dev.drover.converters.guard.ImageHeader;
import dev.drover.converters.guard.MaxDiskSize;
import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.DiskSource.ImageFile;
import dev.drover.mappings.disk.FilePart;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Files for what cannot be read in place; closing removes them. Zeros stay holes. */
public final class ScratchFiles implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  /** A format's tables are a small part of its data; more is a bomb or no image. */
  private static final long SLACK = 256 << 20;

  /** Tells this process from those before it; a clock or a process id that comes again cannot. */
  private static final String PROCESS = UUID.randomUUID().toString();

  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private boolean used;

  public ScratchFiles(Path folder) {
    this.folder = folder;
  }

  /** What the name of a scratch file or folder begins with: {@code disk-PROCESS-}. */
  public static String prefix(String kind) {
    return kind + "-" + PROCESS + "-";
  }

  /** Whether this process gave the name. */
  public static boolean isOwn(Path file, String kind) {
    return file.getFileName().toString().startsWith(prefix(kind));
  }

  /** Whether something was unpacked. */
  public boolean used() {
    return used;
  }

  /** A new empty file. */
  public Path fresh(String suffix) {
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, prefix("disk"), suffix).toAbsolutePath();
      files.add(file);
      return file;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Joins the chunks of an image and takes its compression away. */
  public Path unpack(ImageFile image, ImageHeader header, Progress progress) {
    long size = header.virtualSize();
    boolean raw = header.format() == DiskFormat.RAW;
    long most = size < 0 ? MaxDiskSize.bytes() : raw ? size : size + size / 8 + SLACK;
    return unpack(image.label(), () -> Layers.open(image), most, progress);
  }

  /** Takes a file out of an archive. */
  public Path unpack(String label, FilePart part, Progress progress) {
    return unpack(label, () -> Layers.open(part), part.length(), progress);
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private Path unpack(String label, Opening from, long most, Progress progress) {
    used = true;
    Path file = fresh(".unpacked");
    try (InputStream in = from.open();
        FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      copy(label, in, out, most, progress);
      return file;
    } catch (EOFException e) {
      throw damaged(label, "ends in the middle of its compressed data", e);
    } catch (WriteFailed e) {
      throw cannotWrite(e.failure);
    } catch (IOException | UncheckedIOException e) {
      throw damaged(label, "cannot be unpacked", e);
    }
  }

  private static void copy(
      String label, InputStream in, FileChannel out, long most, Progress progress)
      throws IOException {
    byte[] block = new byte[BLOCK];
    byte[] zeros = new byte[BLOCK];
    long at = 0;
    int got;
    while ((got = in.readNBytes(block, 0, BLOCK)) > 0) {
      if (progress.cancelled()) {
        throw new ConversionFailed(label, "the copy was interrupted", "start it again");
      }
      if (at > most - got) {
        throw new ConversionFailed(
            label,
            "unpacks to more than " + most + " bytes, which its disk cannot need: a bomb",
            "do not trust this image; export it again");
      }
      if (!Arrays.equals(block, 0, got, zeros, 0, got)) {
        write(out, ByteBuffer.wrap(block, 0, got), at);
      }
      at += got;
      progress.advance(got);
    }
    if (at > out.size()) {
      write(out, ByteBuffer.wrap(zeros, 0, 1), at - 1);
    }
  }

  private static void write(FileChannel out, ByteBuffer data, long at) {
    try {
      long to = at;
      while (data.hasRemaining()) {
        to += out.write(data, to);
      }
    } catch (IOException e) {
      throw new WriteFailed(e);
    }
  }

  /** Keeps a full scratch folder apart from a damaged source. */
  private static final class WriteFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException failure;

    WriteFailed(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private static ConversionFailed damaged(String label, String what, Exception e) {
    return new ConversionFailed(
        label, what, "copy or export the file again, it is not whole", Retry.POINTLESS, e);
  }

  private EnvironmentFailed cannotWrite(IOException e) {
    return new EnvironmentFailed(
        folder.toString(),
        "cannot write scratch files",
        "make room there, or choose another state directory",
        Retry.POINTLESS,
        e);
  }

  @Override
  public void close() {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Tried again by nobody: scratch is emptied when the copier is opened.
        file.toFile().deleteOnExit();
      }
    }
  }
}
