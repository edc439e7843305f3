package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.batch.evidence.RunSummary;
import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.run.RunRequest.Repository;
import dev.drover.batch.state.StateDirectory;
import dev.drover.converters.CopyCheckpoint;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job repository on a real PostgreSQL, on loopback, for this test alone. */
class PostgresTest {
  private static @Nullable PostgresServer server;

  @TempDir Path folder = Path.of(".");

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
    assumeTrue(server != null, PostgresServer.MISSING);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static String url() {
    PostgresServer running = server;
    if (running == null) {
      throw new IllegalStateException("no server");
    }
    return running.url();
  }

  private RunRequest request(World world, String state) {
    return new RunRequest(
        world.plan(), List.of(), List.of(), new Repository(folder.resolve(state), url()));
  }

  @Test
  void failsResumesAndRollsBackLikeOnTheEmbeddedDatabase() {
    World world = new World(folder);
    World.write(world.plan(), "vms=4\ndisks=2");
    world.fault =
        effect -> {
          if (effect.equals("creating vm-3")) {
            throw new TargetFailed(effect, "does not want", "ask again");
          }
        };
    RunRequest request = request(world, "state");
    RunSummary first = world.run(request);
    assertEquals("FAILED", first.state());
    world.fault = effect -> {};
    RunSummary second = new Runs(world.ports()).resume(request, Progress.NONE, world.listener());
    assertEquals("DONE", second.state());
    assertEquals(first.runId(), second.runId());
    assertEquals(8, world.effects("copy").size());
    RunRequest one = new RunRequest(world.plan(), List.of(), List.of("vm-3"), request.repository());
    assertEquals(
        1,
        new Rollback(world.ports())
            .of(one, Progress.NONE, world.listener())
            .get(0)
            .removed()
            .size());
  }

  @Test
  void keepsHowFarACopyIsUntilTheVmIsTakenBack() {
    StateDirectory state = new StateDirectory(folder.resolve("state"));
    try (JobDatabase database = JobDatabase.open(state, url())) {
      Ledger ledger = new Ledger(database.dataSource(), "plan");
      VmRef vm = new VmRef("src", "vm");
      CopyCheckpoint checkpoint = ledger.checkpoint(vm, "disk0");
      assertNull(checkpoint.load());
      checkpoint.save(new byte[1]);
      byte[] large = World.content("state", 3 << 20);
      checkpoint.save(large);
      assertArrayEquals(large, checkpoint.load());
      ledger.forgetTarget(vm);
      assertNull(checkpoint.load());
    }
  }

  @Test
  void oneWorkerAtATimeRunsAPlan() throws IOException {
    World world = new World(Files.createDirectory(folder.resolve("two")));
    World.write(world.plan(), "vms=1");
    AtomicBoolean tried = new AtomicBoolean();
    AtomicReference<@Nullable EnvironmentFailed> refused = new AtomicReference<>();
    world.fault =
        effect -> {
          if (effect.equals("creating vm-1") && tried.compareAndSet(false, true)) {
            refused.set(
                assertThrows(
                    EnvironmentFailed.class, () -> world.run(request(world, "other-state"))));
          }
        };
    world.run(request(world, "one-state"));
    EnvironmentFailed failed = refused.get();
    assertTrue(
        failed != null && failed.what().contains("another worker runs it"), String.valueOf(failed));
  }

  @Test
  void refusesAPasswordInTheUrl() {
    World world = new World(folder);
    World.write(world.plan(), "vms=1");
    RunRequest request =
        new RunRequest(
            world.plan(),
            List.of(),
            List.of(),
            new Repository(
                folder.resolve("state"), "jdbc:postgresql://localhost/x?password=geheim"));
    UsageFailed failed = assertThrows(UsageFailed.class, () -> world.run(request));
    assertTrue(!failed.toString().contains("geheim"), failed.getMessage());
  }
}
