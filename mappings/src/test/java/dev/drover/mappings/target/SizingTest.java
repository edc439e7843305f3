package dev.drover.mappings.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Cpu;
import dev.drover.mappings.model.Memory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizingTest {
  private static Given cpu(
      int count, @Nullable Integer cores, @Nullable Integer threads, @Nullable Long reservedMhz) {
    Given given = Given.vm();
    given.cpu =
        new Cpu(
            count,
            cores,
            threads,
            reservedMhz,
            null,
            null,
            Answer.UNKNOWN,
            Answer.UNKNOWN,
            Answer.UNKNOWN,
            Answer.UNKNOWN);
    return given;
  }

  private static Sizing.Explicit explicit(Given given) {
    return (Sizing.Explicit) given.target().sizing();
  }

  @ParameterizedTest
  @CsvSource({
    "8,4,,2,4,1",
    "8,,,8,1,1",
    "8,2,2,2,2,2",
    "6,,2,3,1,2",
    "6,4,,1,6,1",
    "4,8,,1,4,1",
    "4,0,,1,4,1",
    "4,-1,-4,1,4,1",
    "7,2147483647,2147483647,1,7,1",
    "2147483647,2,,1,2147483647,1"
  })
  void theTopologyAlwaysMultipliesToTheNumberOfCpus(
      int count,
      @Nullable Integer cores,
      @Nullable Integer threads,
      int sockets,
      int inSocket,
      int perCore) {
    Sizing.Explicit sizing = explicit(cpu(count, cores, threads, null));
    assertEquals(sockets, sizing.sockets());
    assertEquals(inSocket, sizing.cores());
    assertEquals(perCore, sizing.threads());
    assertEquals(count, (long) sizing.sockets() * sizing.cores() * sizing.threads());
  }

  @Test
  void aTopologyThatDoesNotMultiplyIsSaid() {
    assertEquals(
        "6 CPUs, 4 cores per socket, 1 threads per core",
        cpu(6, 4, null, null).finding("CPU-001").evidence());
    assertTrue(cpu(8, 4, null, null).maybe("CPU-001").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"1000,500", "1,1", "4001,2000", "9223372036854775807,2000"})
  void aCpuReservationBecomesARequestAndNeverMoreThanItsCpus(long mhz, long millis) {
    assertEquals(millis, explicit(cpu(2, null, null, mhz)).cpuRequestMillis());
  }

  @Test
  void noReservationIsNoRequest() {
    assertNull(explicit(cpu(2, null, null, 0L)).cpuRequestMillis());
    assertNull(explicit(Given.vm()).memoryRequest());
  }

  @Test
  void aMemoryReservationBecomesARequestAndNeverMoreThanTheMemory() {
    Given given = Given.vm();
    given.memory = new Memory(ByteSize.ofGiB(2), ByteSize.ofGiB(1), Answer.UNKNOWN, Answer.UNKNOWN);
    assertEquals(ByteSize.ofGiB(1), explicit(given).memoryRequest());
    assertTrue(given.finding("MEM-004").evidence().contains("1 GiB of 2 GiB"));
    given.memory = new Memory(ByteSize.ofGiB(2), ByteSize.ofGiB(9), Answer.UNKNOWN, Answer.UNKNOWN);
    assertEquals(ByteSize.ofGiB(2), explicit(given).memoryRequest());
    assertEquals(Optional.empty(), given.maybe("MEM-004"));
  }

  @Test
  void noMemoryIsABlocker() {
    Given given = Given.vm();
    given.memory = Memory.ofSize(ByteSize.ZERO);
    assertTrue(given.blocker("MEM-001").remedy().contains("instanceType: NAME"));
    assertNull(given.map().vm());
  }

  @Test
  void absurdMemoryAndCpusAreSaid() {
    Given given = cpu(100_000, null, null, null);
    given.memory = Memory.ofSize(new ByteSize(Long.MAX_VALUE));
    assertEquals("100000", given.finding("CPU-002").evidence());
    assertEquals("8 EiB", given.finding("MEM-002").evidence());
  }

  @ParameterizedTest
  @CsvSource({
    "u1.medium,VirtualMachineClusterInstancetype,u1.medium",
    "VirtualMachineInstancetype/small,VirtualMachineInstancetype,small",
    "virtualmachineclusterinstancetype/cx1.large,VirtualMachineClusterInstancetype,cx1.large"
  })
  void anInstanceTypeReplacesCpuAndMemory(String text, String kind, String name) {
    Given given = Given.vm();
    given.settings = Given.settings(null, null, null, text, null, null);
    assertEquals(
        new Sizing.ByInstanceType(new Sizing.ObjectName(kind, name), null),
        given.target().sizing());
    assertEquals("2 CPUs, 2 GiB", given.finding("CPU-005").evidence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pod/x", "a/b/c", "/", "UPPER", "", "x/", "-a", "a..b"})
  void anInstanceTypeThatIsNoneIsABlocker(String text) {
    Given given = Given.vm();
    given.settings = Given.settings(null, null, null, text, null, null);
    assertEquals(text, given.blocker("TYPE-001").evidence());
  }
}
