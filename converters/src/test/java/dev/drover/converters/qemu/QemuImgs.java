package dev.drover.converters.qemu;

import java.nio.file.Path;

/** Lets tests of other packages choose the program. */
public final class QemuImgs {
  private QemuImgs() {}

  /** That program, with no protection around it. */
  public static QemuImg unconfined(Path program, Path scratch) {
    return QemuImg.of(program, Confinement.none(scratch));
  }
}
