package dev.drover.converters.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ExitMeaningTest {
  @Test
  void tellsTheLastWordOfQemuImgAndNotWhatALibraryWarnsBefore() {
    String said =
        "qemu-img: warning: lock probing is not possible\n"
            + "Failed to open /dev/null for OFD lock probing\n"
            + "qemu-img: Could not open 'json:{\"driver\":\"vmdk\"}': unsupported file\n\n";
    assertEquals("Could not open the image: unsupported file", ExitMeaning.reason(said));
    assertEquals("killed?me", ExitMeaning.reason("killed\u001bme\n"));
    assertEquals("it says nothing", ExitMeaning.reason("\n"));
  }
}
