package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.cli.terminal.ScreenText;
import dev.drover.batch.state.StateDirectory;
import dev.drover.importers.api.Discovery;
import dev.drover.importers.api.Leftover;
import dev.drover.importers.api.SourceLeftovers;
import dev.drover.importers.api.VmSnapshot;
import dev.drover.importers.api.VmSource;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.model.VmRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed from a source, and what stays. */
class CleanCommandTest {
  @TempDir Path state = Path.of(".");
  private final ScreenText screen = ScreenText.pipe();
  private final Made source = new Made();

  @BeforeEach
  void twoRunsMadeSomething() throws IOException {
    Files.createDirectories(state.resolve("runs/run-here"));
    source.left.add(leftover("a", "run-here"));
    source.left.add(leftover("b", "run-elsewhere"));
  }

  private static Leftover leftover(String vm, String run) {
    return new Leftover(
        new VmRef("dc1", "vm-" + vm), vm, "snapshot drover-" + run, "snapshot-" + vm, run, null);
  }

  private int clean(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("clean", "--source", "dc1=vsphere:https://vc", "--state", state.toString()));
    arguments.addAll(List.of(more));
    return new CommandLines(new Session(screen.terminal(), spec -> source, new CliRun()))
        .execute(arguments.toArray(new String[0]));
  }

  @Test
  void removesWhatItsOwnRunsMadeAndKeepsTheRest() {
    assertEquals(0, clean());
    assertEquals(List.of("a"), source.removed);
    assertTrue(screen.out().contains("--run run-elsewhere"), screen.out());
  }

  @Test
  void removesWhatARunMadeElsewhereWhenItIsNamed() {
    assertEquals(0, clean("--run", "run-elsewhere", "-o", "json"));
    assertEquals(List.of("a", "b"), source.removed);
    assertTrue(screen.out().contains("\"removed\""), screen.out());
  }

  @Test
  void aDryRunRemovesNothing() {
    assertEquals(0, clean("--dry-run"));
    assertEquals(List.of(), source.removed);
    assertTrue(screen.out().contains("would be removed"), screen.out());
  }

  @Test
  void touchesNothingWhileARunIsAtWork() {
    try (StateDirectory.Lock lock = new StateDirectory(state).lock()) {
      assertEquals(0, clean());
    }
    assertEquals(List.of(), source.removed);
    assertTrue(screen.out().contains("a run is at work here"), screen.out());
  }

  @Test
  void goesOnAfterOneThatCannotBeRemoved() {
    source.left.add(0, leftover("stuck", "run-here"));
    assertEquals(1, clean());
    assertEquals(List.of("a"), source.removed);
    assertTrue(screen.out().contains("the snapshot is locked"), screen.out());
  }

  @Test
  void saysThatNothingIsLeft() {
    source.left.clear();
    assertEquals(0, clean());
    assertTrue(screen.out().contains("nothing of Drover's is left"), screen.out());
  }

  private static final class Made implements VmSource, SourceLeftovers {
    final List<Leftover> left = new ArrayList<>();
    final List<String> removed = new ArrayList<>();

    @Override
    public Stream<Leftover> leftovers() {
      return left.stream();
    }

    @Override
    public void remove(Leftover leftover) {
      if (leftover.vmName().equals("stuck")) {
        throw new SourceFailed("VM stuck", "the snapshot is locked", "unlock it");
      }
      removed.add(leftover.vmName());
    }

    @Override
    public Stream<Discovery> list() {
      return Stream.empty();
    }

    @Override
    public VmSnapshot open(VmRef ref) {
      throw new SourceFailed(ref.toString(), "is not here", "look elsewhere");
    }

    @Override
    public void close() {}
  }
}
