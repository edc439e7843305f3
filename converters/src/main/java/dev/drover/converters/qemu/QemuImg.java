package dev.drover.converters.qemu;

import dev.drover.mappings.disk.DiskFormat;
import dev.drover.mappings.disk.Extent;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.progress.Progress;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The qemu-img program: takes trees of explicit drivers only, never a name that it would probe.
 * Whoever gives a progress can cancel: the program is then ended. Safe for use by several threads.
 */
public final class QemuImg {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Beside the data, a qcow2 has tables of under a hundredth of it. */
  private static final long OVERHEAD = 64 << 20;

  private static final int IDENTICAL = 0;
  private static final int DIFFERENT = 1;

  private final Program program;
  private final Confinement confinement;

  private QemuImg(Program program, Confinement confinement) {
    this.program = program;
    this.confinement = confinement;
  }

  /**
   * The program on the PATH, confined as far as this machine allows.
   *
   * @param scratch a folder for mount points
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it is not there
   */
  public static QemuImg find(Path scratch) {
    return find(scratch, System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  static QemuImg find(Path scratch, String path) {
    Path program = locate(path).orElseThrow(() -> Program.missing("PATH is " + path, null));
    return of(program, Confinement.probe(scratch, program));
  }

  static QemuImg of(Path program, Confinement confinement) {
    return new QemuImg(new Program(program, confinement), confinement);
  }

  private static Optional<Path> locate(String path) {
    for (String folder : path.split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "qemu-img").toAbsolutePath();
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Protections that this machine does not allow, for the user; empty where it allows all. */
  public List<String> missingProtection() {
    return confinement.missing();
  }

  /** {@code 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)}. */
  public String version() {
    Job job = Job.reading("qemu-img", List.of("--version"), List.of());
    String first = output(job, Progress.NONE).lines().findFirst().orElse("");
    return first.replaceFirst("^qemu-img version ", "");
  }

  /**
   * What the program says of an image.
   *
   * @param virtualSize bytes of the disk
   * @param actualSize bytes that the file occupies
   */
  public record Info(String format, long virtualSize, long actualSize) {}

  /** Looks at an image. */
  public Info info(String subject, BlockNode image, Progress progress) {
    List<String> words = List.of("info", "--output=json", image.argument());
    JsonNode said = parse(subject, output(Job.reading(subject, words, image.files()), progress));
    return new Info(
        said.path("format").asString(""),
        said.path("virtual-size").asLong(),
        said.path("actual-size").asLong());
  }

  /**
   * What a check of an image's own tables found.
   *
   * @param corruptions that make it unusable
   * @param leaks clusters that nobody refers to; harmless
   */
  public record Check(long corruptions, long leaks) {}

  /** Checks the tables of a qcow2, VMDK, VHDX or VDI; data inside is not looked at. */
  public Check check(String subject, BlockNode image, Progress progress) {
    List<String> words = List.of("check", "--output=json", image.argument());
    Job job = Job.reading(subject, words, image.files());
    Program.Outcome outcome = program.run(job, progress, p -> {});
    boolean checked = outcome.exit() == 0 || outcome.exit() == 2 || outcome.exit() == 3;
    if (!checked) {
      throw ExitMeaning.of(job, outcome, null, -1);
    }
    JsonNode said = parse(subject, outcome.out());
    return new Check(said.path("corruptions").asLong(0), said.path("leaks").asLong(0));
  }

  /**
   * Bytes that a copy will occupy.
   *
   * @param required with holes left out
   * @param full with every block written
   */
  public record Measure(long required, long full) {}

  /** Tells how large a copy in another format becomes. */
  public Measure measure(String subject, BlockNode image, DiskFormat to, Progress progress) {
    List<String> words = List.of("measure", "--output=json", "-O", driver(to), image.argument());
    JsonNode said = parse(subject, output(Job.reading(subject, words, image.files()), progress));
    return new Measure(said.path("required").asLong(), said.path("fully-allocated").asLong());
  }

  /** Makes an empty disk; the file is there before, empty. */
  public void create(String subject, Path file, DiskFormat format, long size) {
    Path target = file.toAbsolutePath();
    List<String> words =
        List.of("create", "-q", "-f", driver(format), target.toString(), Long.toString(size));
    long largest = largest(size);
    Job job = new Job(subject, words, List.of(), List.of(target), largest);
    Program.Outcome outcome = program.run(job, Progress.NONE, p -> {});
    if (outcome.exit() != 0) {
      throw ExitMeaning.of(job, outcome, target, size);
    }
  }

  /**
   * A conversion to do.
   *
   * @param to an existing file, overwritten
   * @param compress zstd inside qcow2
   * @param size bytes of the disk
   * @param rate bytes a second at most; 0 for no limit
   */
  public record Conversion(
      String subject,
      BlockNode from,
      Path to,
      DiskFormat format,
      boolean compress,
      long size,
      long rate) {}

  /** Converts, telling progress in bytes of the disk. The caller removes what a failure leaves. */
  public void convert(Conversion what, Progress progress) {
    Path target = what.to().toAbsolutePath();
    List<String> words = new ArrayList<>(List.of("convert", "-p", "-O", driver(what.format())));
    if (what.compress() && what.format() == DiskFormat.QCOW2) {
      words.addAll(List.of("-c", "-o", "compression_type=zstd"));
    }
    if (what.rate() > 0) {
      words.addAll(List.of("-r", Long.toString(what.rate())));
    }
    words.addAll(List.of(what.from().argument(), target.toString()));
    Job job =
        new Job(what.subject(), words, what.from().files(), List.of(target), largest(what.size()));
    Program.Outcome outcome = program.run(job, progress, new Units(what.size(), progress)::percent);
    if (outcome.exit() != 0) {
      throw ExitMeaning.of(job, outcome, target, what.size());
    }
  }

  /** Makes a disk of Drover's own longer, with zeros behind what it holds. */
  public void grow(String subject, Path file, DiskFormat format, long size, Progress progress) {
    Path target = file.toAbsolutePath();
    List<String> words =
        List.of("resize", "-q", "-f", driver(format), target.toString(), Long.toString(size));
    Job job = new Job(subject, words, List.of(), List.of(target), largest(size));
    Program.Outcome outcome = program.run(job, progress, p -> {});
    if (outcome.exit() != 0) {
      throw ExitMeaning.of(job, outcome, target, size);
    }
  }

  /** Whether two disks hold the same bytes; a longer one may go on with zeros. */
  public boolean compare(
      String subject, BlockNode left, BlockNode right, long size, Progress progress) {
    List<String> words = List.of("compare", "-p", left.argument(), right.argument());
    List<Path> files = new ArrayList<>(left.files());
    files.addAll(right.files());
    Job job = Job.reading(subject, words, files);
    Program.Outcome outcome = program.run(job, progress, new Units(size, progress)::percent);
    return switch (outcome.exit()) {
      case IDENTICAL -> true;
      case DIFFERENT -> false;
      default -> throw ExitMeaning.of(job, outcome, null, -1);
    };
  }

  /** Where a disk holds data: extents in order that cover all of it. */
  public List<Extent> map(String subject, BlockNode image, Progress progress) {
    return DiskMap.of(
        words -> output(Job.reading(subject, words, image.files()), progress), image, subject);
  }

  private String output(Job job, Progress progress) {
    Program.Outcome outcome = program.run(job, progress, p -> {});
    if (outcome.exit() != 0) {
      throw ExitMeaning.of(job, outcome, null, -1);
    }
    return outcome.out();
  }

  static JsonNode parse(String subject, String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new ConversionFailed(
          subject,
          "qemu-img answers with something that is no JSON",
          "report this",
          Retry.POINTLESS,
          e);
    }
  }

  private static long largest(long size) {
    return size + size / 64 + OVERHEAD;
  }

  /** QEMU's name of a format's driver. */
  static String driver(DiskFormat format) {
    return switch (format) {
      case RAW -> "raw";
      case QCOW2 -> "qcow2";
      case VMDK -> "vmdk";
      case VHD -> "vpc";
      case VHDX -> "vhdx";
      case VDI -> "vdi";
    };
  }

  /** A disk in a file of its own, in a format that Drover writes. */
  public static BlockNode written(Path file, DiskFormat format) {
    return BlockNode.image(driver(format), file);
  }

  /** Percentages to bytes. */
  private static final class Units {
    private final long size;
    private final Progress progress;
    private long told;

    Units(long size, Progress progress) {
      this.size = size;
      this.progress = progress;
    }

    void percent(double percent) {
      long now = (long) (size * Math.min(percent, 100) / 100);
      if (now > told) {
        progress.advance(now - told);
        told = now;
      }
    }
  }

  /** The version of the program on the PATH, or null where there is none. */
  public static @Nullable String installedVersion() {
    Optional<Path> program = locate(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    return program.map(p -> of(p, Confinement.none(Path.of("."))).version()).orElse(null);
  }
}
