package dev.drover.converters;

import dev.drover.converters.qemu.QemuImg;
import dev.drover.converters.qemu.QemuImgs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Copies of qemu-img that are not as they should be. */
final class Fakes {
  private Fakes() {}

  static QemuImg qemuImg(Path program, Path scratch) {
    return QemuImgs.unconfined(program, scratch);
  }

  static QemuImg unconfined(Path scratch) {
    Path real =
        Arrays.stream(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "qemu-img"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    return QemuImgs.unconfined(real, scratch);
  }
}
