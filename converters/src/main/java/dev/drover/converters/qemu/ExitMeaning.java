package dev.drover.converters.qemu;

import dev.drover.converters.file.FullDisk;
import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns how qemu-img ended into what the user reads. */
final class ExitMeaning {
  /** Where a shell or Java puts the number of the signal that ended a process. */
  private static final int SIGNAL = 128;

  private static final int LONGEST = 400;

  private ExitMeaning() {}

  /**
   * The failure behind an exit code that is not 0.
   *
   * @param target that was written, or null
   * @param needed bytes that the target may need, or -1
   */
  static Failure of(Job job, Program.Outcome outcome, @Nullable Path target, long needed) {
    String text = outcome.err();
    if (outcome.exit() > SIGNAL) {
      return new ConversionFailed(
          job.subject(),
          "qemu-img was killed by signal " + (outcome.exit() - SIGNAL),
          "look whether the machine ran out of memory (dmesg), and try again",
          Retry.WORTHWHILE,
          null);
    }
    if (target != null && FullDisk.saidBy(text)) {
      return FullDisk.at(target, needed, null);
    }
    if (target != null && says(text, "File too large")) {
      return new TargetFailed(
          target.toString(),
          "its file system, or a limit of this machine, cannot hold a file of " + needed + " bytes",
          "write to a file system for large files (XFS), or use qcow2");
    }
    if (target != null
        && text.contains(target.toString())
        && (says(text, "Permission denied") || says(text, "Read-only file system"))) {
      return new TargetFailed(
          target.toString(), "cannot be written: " + reason(text), "make the folder writable");
    }
    return new ConversionFailed(
        job.subject(),
        "qemu-img cannot read the image (exit " + outcome.exit() + "): " + reason(text),
        "the file is damaged or of a kind that QEMU does not know; export or copy it again");
  }

  private static boolean says(String text, String what) {
    return text.toLowerCase(Locale.ROOT).contains(what.toLowerCase(Locale.ROOT));
  }

  /**
   * The line that tells why, without what Drover put into the command and without control
   * characters. QEMU's libraries may warn before it, and qemu-img gives up with its own last word.
   */
  static String reason(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
    String line = lines.isEmpty() ? "it says nothing" : lines.get(0);
    for (String one : lines) {
      line = one.startsWith("qemu-img: ") && !one.contains("warning:") ? one : line;
    }
    String plain =
        line.replaceFirst("^qemu-img: ", "")
            .replaceAll("'json:\\{.*?\\}'", "the image")
            .replaceAll("\\p{Cntrl}", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
