package dev.drover.importers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.model.SourceVm;
import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.plan.SourceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link VmSource} does, also one that knows VMs and not their disks. A source's own
 * test extends this, or {@link VmSourceContract} where disks can be read, and gives the spec of a
 * place with at least two VMs, and at least one thing that cannot be understood between or before
 * them.
 */
public abstract class VmListingContract {
  /** A source as described above; the same each time within one test. */
  protected abstract SourceSpec spec() throws Exception;

  /** Whether the place has something that cannot be understood. */
  protected boolean hasUnreadable() {
    return true;
  }

  private List<Discovery> list() throws Exception {
    try (VmSource source = VmSources.open(spec());
        Stream<Discovery> all = source.list()) {
      return all.toList();
    }
  }

  final List<SourceVm> vms() throws Exception {
    return list().stream()
        .filter(Discovery.Found.class::isInstance)
        .map(d -> ((Discovery.Found) d).vm())
        .toList();
  }

  @Test
  void isFoundByItsTypeAndDescribesItself() throws Exception {
    VmSourceProvider provider =
        VmSources.providers().stream()
            .filter(p -> sameType(p))
            .findFirst()
            .orElseThrow(() -> new AssertionError("META-INF/services lacks the provider"));
    assertFalse(provider.description().isBlank());
    assertFalse(provider.description().contains("\n"));
  }

  private boolean sameType(VmSourceProvider provider) {
    try {
      return provider.type().equals(spec().type());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void listsItsVmsInTheSameOrderEachTime() throws Exception {
    List<Discovery> first = list();
    assertTrue(vms().size() >= 2, "the contract needs two VMs: " + first);
    assertEquals(first, list());
  }

  @Test
  void goesOnBehindWhatItCannotUnderstand() throws Exception {
    List<Discovery> all = list();
    List<Discovery.Unreadable> bad =
        all.stream()
            .filter(Discovery.Unreadable.class::isInstance)
            .map(Discovery.Unreadable.class::cast)
            .toList();
    assertEquals(hasUnreadable(), !bad.isEmpty());
    for (Discovery.Unreadable one : bad) {
      assertFalse(one.place().isBlank());
      assertFalse(one.problem().what().isBlank());
      assertFalse(one.problem().remedy().isBlank());
    }
    assertTrue(!hasUnreadable() || all.get(all.size() - 1) instanceof Discovery.Found);
  }

  @Test
  void namesEachVmOnceAndAfterTheSource() throws Exception {
    Set<VmRef> seen = new HashSet<>();
    for (SourceVm vm : vms()) {
      assertEquals(spec().name(), vm.ref().source());
      assertTrue(seen.add(vm.ref()), "twice: " + vm.ref());
      assertFalse(vm.name().isBlank());
    }
  }

  @Test
  void namesEachDiskAndCardOfAVmOnce() throws Exception {
    for (SourceVm vm : vms()) {
      Set<String> seen = new HashSet<>();
      vm.disks().forEach(d -> assertTrue(seen.add(d.id()), vm.ref() + ": " + d.id()));
      vm.nics().forEach(n -> assertTrue(seen.add(n.id()), vm.ref() + ": " + n.id()));
      assertTrue(seen.containsAll(vm.firmware().bootOrder()), "boot order of " + vm.ref());
    }
  }

  @Test
  void refusesAVmThatIsNotThere() throws Exception {
    SourceVm vm = vms().get(0);
    try (VmSource source = VmSources.open(spec())) {
      VmRef other = new VmRef(vm.ref().source(), "no-such-vm");
      Failure failure = assertThrows(SourceFailed.class, () -> source.open(other).close());
      assertFalse(failure.remedy().isBlank());
      assertTrue(failure.toString().contains("no-such-vm"), failure.toString());
    }
  }

  @Test
  void servesSeveralThreads() throws Exception {
    List<Discovery> expected = list();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (VmSource source = VmSources.open(spec())) {
      Callable<List<Discovery>> task =
          () -> {
            try (Stream<Discovery> all = source.list()) {
              return all.toList();
            }
          };
      for (Future<List<Discovery>> result : threads.invokeAll(List.of(task, task, task, task))) {
        assertEquals(expected, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() throws Exception {
    SourceSpec spec = spec();
    SourceSpec wrong =
        new SourceSpec(
            spec.name(),
            spec.type(),
            spec.location(),
            spec.credentials(),
            spec.tls(),
            Map.of("no-such-option", "1"));
    Failure failure = assertThrows(UsageFailed.class, () -> VmSources.open(wrong).close());
    assertTrue(failure.toString().contains("no-such-option"), failure.toString());
  }

  @Test
  void canBeClosedTwice() throws Exception {
    VmSource source = VmSources.open(spec());
    source.close();
    source.close();
  }
}
