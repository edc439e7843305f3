package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names {@code --vm} finds a VM that has not been moved yet. */
class ChoiceTest {
  @TempDir Path folder = Path.of(".");

  private MigrationPlan plan() throws IOException {
    Path file = folder.resolve("plan.yaml");
    Files.writeString(
        file,
        """
        apiVersion: drover.dev/v1alpha1
        kind: MigrationPlan
        metadata: {name: p}
        sources: [{name: ova, ova: {path: ./in}}]
        target: {directory: {path: ./out}}
        naming: {prefix: dc1-}
        waves:
          - name: w
            vms: [{vm: ova/a#1, name: Web Server}, {vm: ova/b, name: B, targetName: c}]
        """);
    return PlanReader.read(file);
  }

  private List<String> chosen(String name) throws IOException {
    return Choice.of(plan(), List.of(), List.of(name), List.of()).vms().stream()
        .map(vm -> vm.ref().toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ova/a#1", "a#1", "Web Server", "dc1-web-server"})
  void itsReferenceItsIdItsNameAndTheNameThatItWillHave(String name) throws IOException {
    assertEquals(List.of("ova/a#1"), chosen(name));
  }

  @Test
  void aTargetNameOfThePlanStandsInPlaceOfTheDerivedOne() throws IOException {
    assertEquals(List.of("ova/b"), chosen("c"));
    UsageFailed failed = assertThrows(UsageFailed.class, () -> chosen("dc1-b"));
    assertTrue(failed.what().contains("no such VM"), failed.what());
  }
}
