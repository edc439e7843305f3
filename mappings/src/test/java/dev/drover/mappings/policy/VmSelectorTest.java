package dev.drover.mappings.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import org.junit.jupiter.api.Test;

class VmSelectorTest {
  private static final SourceVm BARE =
      SourceVm.of(
              new VmRef("vc", "vm-1"),
              Identity.ofName("web-1"),
              Cpu.ofCount(2),
              Memory.ofSize(ByteSize.ofGiB(4)))
          .build();

  private static VmSelector name(String pattern) {
    return new VmSelector(null, null, pattern, null, null, null, null, null, null);
  }

  @Test
  void everyMemberThatIsThereMustMatch() {
    assertTrue(VmSelector.ALL.picks(BARE));
    assertTrue(name("web-*").picks(BARE));
    assertFalse(name("db-*").picks(BARE));
    assertFalse(
        new VmSelector("other", null, "web-*", null, null, null, null, null, null).picks(BARE));
  }

  @Test
  void aStarPicksNothingThatIsNotKnown() {
    assertFalse(new VmSelector(null, null, null, "*", null, null, null, null, null).picks(BARE));
    assertFalse(new VmSelector(null, null, null, null, "*", null, null, null, null).picks(BARE));
    assertFalse(new VmSelector(null, null, null, null, null, null, "*", null, null).picks(BARE));
    assertFalse(new VmSelector(null, null, null, null, null, null, null, "*", null).picks(BARE));
    assertFalse(new VmSelector(null, null, null, null, null, null, null, null, "*").picks(BARE));
  }
}
