package dev.drover.kube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.converters.BlockWriter;
import dev.drover.kube.MigrationTarget;
import dev.drover.kube.standin.Faults;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.target.TargetDisk;
import dev.drover.mappings.target.TargetVm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Waits of minutes end when somebody asks to stop; the time limit is there for when they do not.
 */
@Timeout(120)
class StopTest extends ClusterCase {
  private static final String CDI = "cdi.kubevirt.io/v1beta1";
  private static final int SIZE = 24 << 20;

  private final AtomicBoolean stop = new AtomicBoolean();
  private final TargetDisk disk = Fixture.disk("web-1-disk0", SIZE);
  private final TargetVm vm = Fixture.vm("web-1", disk);

  @Override
  MigrationTarget open() {
    Path kubeconfig = cluster.kubeconfig(folder.resolve("kubeconfig"));
    return Fixture.open(kubeconfig, Patience.USUAL.unless(stop::get));
  }

  @Test
  void theWaitForAVolumeEndsAndTheVolumeIsThereForTheNextTry() {
    cluster.fault().holdVolume("web-1-disk0", "Pending", "waiting");
    var opener = Fixture.opener(target, vm, disk);
    CompletableFuture<?> asks =
        CompletableFuture.runAsync(
            () -> {
              while (cluster.requests().size() < 12) {
                Thread.onSpinWait();
              }
              stop.set(true);
            });
    TargetFailed failed = assertThrows(TargetFailed.class, () -> opener.open(SIZE));
    asks.join();
    assertTrue(failed.what().contains("stopped"), failed.what());
    assertEquals(1, cluster.names(CDI, "web", "datavolumes").size());
  }

  @Test
  void aWriteThatTheConnectionDoesNotTakeEndsAndLeavesNoHalfFilledVolume() throws IOException {
    Faults.Hold hold = cluster.fault().holdUpload("web-1-disk0", 100_000);
    CompletableFuture<?> asks = CompletableFuture.runAsync(() -> stopOnceStill(hold));
    byte[] bytes = Fixture.noise(SIZE, 1);
    TargetFailed failed;
    try (BlockWriter writer = Fixture.opener(target, vm, disk).open(SIZE)) {
      failed = assertThrows(TargetFailed.class, () -> writer.write(0, ByteBuffer.wrap(bytes)));
    } finally {
      hold.release();
    }
    asks.join();
    assertTrue(failed.what().contains("stopped"), failed.what());
    assertEquals(0, cluster.names(CDI, "web", "datavolumes").size());
  }

  @Test
  void theWaitForTheAnswerToAWholeBodyEnds() throws IOException {
    Faults.Hold hold = cluster.fault().holdUpload("web-1-disk0", 1);
    CompletableFuture<?> asks = CompletableFuture.runAsync(() -> stopOnceStill(hold));
    TargetFailed failed;
    try (BlockWriter writer = Fixture.opener(target, vm, disk).open(SIZE)) {
      writer.write(0, ByteBuffer.wrap(Fixture.noise(1000, 2)));
      failed = assertThrows(TargetFailed.class, writer::commit);
    } finally {
      hold.release();
    }
    asks.join();
    assertTrue(failed.what().contains("stopped"), failed.what());
    assertEquals(0, cluster.names(CDI, "web", "datavolumes").size());
  }

  private void stopOnceStill(Faults.Hold hold) {
    try {
      assertTrue(hold.reachedWithin(Duration.ofSeconds(60)), "no byte came");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.set(true);
  }
}
