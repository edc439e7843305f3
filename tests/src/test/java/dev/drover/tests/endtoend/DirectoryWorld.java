package dev.drover.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.tests.fixture.Appliance;
import dev.drover.tests.fixture.Drover;
import dev.drover.tests.fixture.Noise;
import dev.drover.tests.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of appliances, a directory as the target, and the launcher between them. */
final class DirectoryWorld {
  private final Path folder;
  private final Path in;
  private final Path work;
  private final Drover drover;

  DirectoryWorld(Path folder) throws IOException {
    Programs.need("qemu-img");
    this.folder = folder;
    this.in = Files.createDirectories(folder.resolve("appliances"));
    this.work = Files.createDirectories(folder.resolve("work"));
    this.drover = new Drover(folder);
  }

  /** Appliances here are sources of the plan. */
  Path in() {
    return in;
  }

  /** What appliances are made of. */
  Path work() {
    return work;
  }

  /** A command that must end with that exit code; gives what it said. */
  String run(int exit, String... arguments) {
    return drover.run(exit, arguments);
  }

  Path appliance(String name, long seed) {
    return appliance(name, seed, 32);
  }

  Path appliance(String name, long seed, int mib) {
    Path raw = Noise.disk(folder.resolve(name + ".raw"), mib << 20, seed);
    return Appliance.named(work, name).streamOptimized(raw).ova(in);
  }

  void plan() {
    run(0, "inventory", "--source", "ova:./appliances", "-o", "inventory.json");
    run(0, "plan", "inventory.json", "--target", "directory:./out", "-o", "plan.yaml");
  }

  /** Makes every VM of the plan wait before its first step until the file is there. */
  void waitInHook(Path go) throws IOException {
    waitInHook("beforeVm", go);
  }

  /** The same at another point: {@code beforeCutover} has the copies behind it. */
  void waitInHook(String point, Path go) throws IOException {
    Path script = folder.resolve("wait.sh");
    Files.writeString(
        script,
        "#!/bin/sh\ntouch '"
            + folder.resolve("waiting")
            + "'\nuntil [ -e '"
            + go
            + "' ]; do sleep 0.1; done\n");
    script.toFile().setExecutable(true);
    Path plan = folder.resolve("plan.yaml");
    String text = Files.readString(plan);
    assertFalse(text.contains("\nhooks:"), "the generated plan has hooks of its own");
    Files.writeString(
        plan,
        text.replaceFirst(
            "\nwaves:",
            "\nhooks:\n  " + point + ":\n    - {argv: [\"" + script + "\"], timeout: 5m}\nwaves:"));
  }

  Process start(String... arguments) throws IOException {
    return new ProcessBuilder(Drover.command(arguments))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("first.log").toFile())
        .start();
  }

  void awaitFile(Path file, Process process) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended early:\n" + Files.readString(folder.resolve("first.log")));
      }
    }
  }

  Optional<Path> disk(String name) throws IOException {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(f -> f.endsWith(name + "-disk0.raw")).findFirst();
    }
  }

  void assertIdentical(String name, long seed) throws IOException {
    Path expected = folder.resolve(name + ".raw");
    assertTrue(Files.exists(expected), "seed " + seed);
    Programs.run(
        folder,
        "qemu-img",
        "compare",
        "-f",
        "raw",
        "-F",
        "raw",
        expected.toString(),
        disk(name).orElseThrow().toString());
  }

  void assertNothingPartial() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".partial")).toList());
    }
    Path scratch = folder.resolve(".drover/scratch");
    if (Files.exists(scratch)) {
      try (Stream<Path> files = Files.list(scratch)) {
        assertEquals(List.of(), files.toList(), "left in scratch");
      }
    }
  }
}
