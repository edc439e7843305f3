package dev.drover.mappings.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Identity;
import dev.drover.mappings.model.Memory;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import java.util.List;
import java.util.Map;
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

  @Test
  void aTagWithoutACategoryCountsInEveryCategory() {
    assertTrue(tagged("test", new Identity.Tag("Stage", "test")));
    assertTrue(tagged("test", new Identity.Tag(null, "test")));
    assertTrue(tagged("Stage=test", new Identity.Tag("Stage", "test")));
    assertTrue(tagged("*=test", new Identity.Tag("Stage", "test")));
    assertFalse(tagged("*=test", new Identity.Tag(null, "test")), "it has no category");
    assertFalse(tagged("Stage*", new Identity.Tag("Stage", "test")), "that is its category alone");
    assertFalse(tagged("Other=test", new Identity.Tag("Stage", "test")));
  }

  private static boolean tagged(String pattern, Identity.Tag tag) {
    SourceVm vm =
        SourceVm.of(
                new VmRef("vc", "vm-1"),
                new Identity(
                    "web-1",
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(tag),
                    Map.of(),
                    Answer.NO,
                    Answer.NO),
                Cpu.ofCount(2),
                Memory.ofSize(ByteSize.ofGiB(4)))
            .build();
    return new VmSelector(null, null, null, null, pattern, null, null, null, null).picks(vm);
  }
}
