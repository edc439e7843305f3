package dev.drover.converters.file;

import dev.drover.mappings.failure.Retry;
import dev.drover.mappings.failure.TargetFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A target without room: whoever writes meets it, the user reads the same. */
public final class FullDisk {
  private FullDisk() {}

  /** Whether the words of an operating system mean it. */
  public static boolean saidBy(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }

  /** Whether a failure has it as a cause. */
  public static boolean causes(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (cause instanceof IOException && message != null && saidBy(message)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the user reads. Trying again is pointless until somebody makes room.
   *
   * @param needed bytes that the target may need, or -1
   * @param cause null where a program said it
   */
  public static TargetFailed at(Path target, long needed, @Nullable IOException cause) {
    String wanted = needed < 0 ? "" : ", up to " + needed + " are needed";
    return new TargetFailed(
        target.toString(),
        "the disk is full: " + free(target) + " bytes are free" + wanted,
        "make room in " + target.toAbsolutePath().getParent() + ", or choose another folder",
        Retry.POINTLESS,
        cause);
  }

  private static long free(Path target) {
    return target.resolveSibling(".").toFile().getUsableSpace();
  }
}
