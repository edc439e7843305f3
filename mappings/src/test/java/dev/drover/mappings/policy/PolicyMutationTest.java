package dev.drover.mappings.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.yaml.Mutations;
import org.junit.jupiter.api.Test;

class PolicyMutationTest {
  /** Without comments, so that each change hits something that means something. */
  private static String bare() {
    return PolicyReaderTest.everything()
        .replaceAll("(?m)^ *#.*\n", "")
        .replaceAll("(?m) +#.*$", "")
        .replaceAll("(?m)^\n", "");
  }

  @Test
  void everySmallChangeGivesAPolicyOrAProblemWithAPlace() {
    PolicyReaderTest.read(bare());
    int valid = Mutations.bear(bare(), PolicyReaderTest::read, 20261125);
    assertTrue(
        valid > 100, () -> "only " + valid + " changes were valid: the test sees too little");
  }
}
