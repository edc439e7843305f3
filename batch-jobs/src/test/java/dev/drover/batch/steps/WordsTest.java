package dev.drover.batch.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drover.mappings.failure.ConversionFailed;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static String of(String subject, String what) {
    return Words.of("web", new ConversionFailed(subject, what, "mend it"));
  }

  @Test
  void neitherTheVmNorThePlaceIsNamedTwice() {
    assertEquals("is torn", of("VM web", "is torn"));
    assertEquals("is torn", of("web", "is torn"));
    assertEquals(
        "disk1 (a.ova!x.vmdk): is not what the manifest says",
        of("web/disk1 (a.ova!x.vmdk)", "a.ova!x.vmdk is not what the manifest says"));
  }

  @Test
  void whatIsSomethingElseIsNamed() {
    assertEquals("web-2/disk1: is torn", of("web-2/disk1", "is torn"));
    assertEquals("disk1 (a.ova): a.ovast is torn", of("web/disk1 (a.ova)", "a.ovast is torn"));
  }
}
