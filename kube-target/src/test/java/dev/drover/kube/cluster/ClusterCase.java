package dev.drover.kube.cluster;

import dev.drover.kube.MigrationTarget;
import dev.drover.kube.standin.StandInCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stand-in cluster of the test's own, and a target that is open on it. */
abstract class ClusterCase {
  @TempDir Path folder;

  final StandInCluster cluster = StandInCluster.start();
  MigrationTarget target;

  @BeforeEach
  final void openTarget() {
    target = open();
  }

  /** How it is opened. */
  MigrationTarget open() {
    return Fixture.open(cluster, folder);
  }

  @AfterEach
  final void close() {
    target.close();
    cluster.close();
  }
}
