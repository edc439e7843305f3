package dev.drover.mappings.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.model.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "vm.cpus > 8",
        "vm.memory > 64",
        "vm.snapshots == null || vm.snapshots >= 3",
        "vm.memory >= 64.0 && vm.family == 'windows'",
        "vm.used != null && vm.used > 100",
        "vm.name.matches('^db[0-9]+$') || vm.folder.startsWith('/prod')",
        "vm.disks.exists(d, d.datastore == 'ds1' && d.size > 100.0 && d.mode == 'persistent')",
        "vm.nics.all(n, n.addresses.size() > 0)",
        "vm.attributes['Owner'] == 'shop'",
        "vm.filesystems.exists(f, f.free != null && f.free < 1.0)"
      })
  void takes(String expression) {
    RuleExpression.compile(expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "vm.cpus",
        "vm.cpus > ",
        "vm.cpuss > 1",
        "vm",
        "vm.name > 3",
        "cpus > 1",
        "vm.disks.exists(d, d.sice > 1)",
        "vm.devices.exists(d, d.kinds == 'usb')",
        "java.lang.System.exit(1) == 0",
        "vm.name.getClass().getName() == 'x'",
        "vm.name.class.forName('java.lang.Runtime') != null",
        "T(java.lang.Runtime).getRuntime() != null",
        "type(vm.name).newInstance() == ''",
        "vm.name.matches('(')"
      })
  void refuses(String expression) {
    if (expression.equals("vm.name.matches('(')")) {
      // A bad pattern is seen when it is used.
      Given given = new Given();
      given.policy = Given.rule(expression);
      assertTrue(given.codes().contains("POL-002"));
      return;
    }
    RuleExpression.Invalid invalid =
        assertThrows(RuleExpression.Invalid.class, () -> RuleExpression.compile(expression));
    assertTrue(invalid.line() >= 1 && invalid.column() >= 1, invalid.getMessage());
    assertTrue(invalid.reason().lines().count() == 1, invalid.reason());
  }

  @Test
  void tellsThePlace() {
    RuleExpression.Invalid invalid =
        assertThrows(
            RuleExpression.Invalid.class,
            () -> RuleExpression.compile("vm.cpus > 1\n  && vm.rubbish == 2"));
    assertEquals("2:9", invalid.line() + ":" + invalid.column());
    assertTrue(invalid.reason().contains("rubbish"), invalid.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vm.memry > 64.0 | 1:4 | a VM has no \"memry\" | memory",
        "vm.cpus > 1 && vm . memry > 64.0 | 1:21 | a VM has no \"memry\" | memory",
        "vm.name == 'é' && vm.hostname == 'x' | 1:22 | a VM has no \"hostname\" | hostName",
        "vm.cpus > 8 && vm.disks.exists(d, d.sice > 1.0) | 1:37 | a disk has no \"sice\" | size",
        "vm.disks.exists(d, d['sice'] > 1.0) | 1:23 | a disk has no \"sice\" | size",
        "vm.nics.all(n, n.netwrok != '') | 1:18 | a NIC has no \"netwrok\" | network",
        "vm.filesystems.exists(f, f.fre < 1.0) | 1:28 | a file system has no \"fre\" | free",
        "vm.devices.exists(x, x.kin == 'usb') | 1:24 | a device has no \"kin\" | kind",
        "vm.disks.exists(vm, vm.memory > 1.0) | 1:24 | a disk has no \"memory\" | ",
      })
  void namesTheNearestMember(String expression, String place, String what, String nearest) {
    RuleExpression.Invalid invalid =
        assertThrows(RuleExpression.Invalid.class, () -> RuleExpression.compile(expression));
    assertEquals(what, invalid.reason());
    assertEquals(place, invalid.line() + ":" + invalid.column());
    assertEquals(nearest, invalid.suggestion());
    assertTrue(invalid.expected().startsWith("one of: "), invalid.expected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "has(vm.disks[0].size)",
        "vm.disks.map(d, {'a': d.size}).exists(e, e.a > 1.0)",
        "vm.disks.filter(d, d.size > 1.0).exists(d, d.thin == 'yes')",
        "vm.attributes.exists(a, a == 'vm.memry')",
        "'vm.memry' == vm.name"
      })
  void takesMembersOfWhatIsNoVm(String expression) {
    RuleExpression.compile(expression);
  }

  @Test
  void refusesWhatIsHugeOrDeep() {
    for (String hostile :
        List.of(
            "true" + " || true".repeat(100_000),
            "(".repeat(900) + "true" + ")".repeat(900),
            "[".repeat(900) + "]".repeat(900) + " == []")) {
      assertTimeout(
          Duration.ofSeconds(5),
          () ->
              assertThrows(
                  RuleExpression.Invalid.class,
                  () -> RuleExpression.compile(hostile),
                  hostile.substring(0, 20)));
    }
  }

  @Test
  void stopsWhatWouldTakeLong() {
    Given given = new Given();
    given.disks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      given.disks.add(Given.disk("d" + i, ByteSize.ofGiB(1)));
    }
    given.policy =
        Given.rule(
            "vm.disks.all(a, vm.disks.all(b, vm.disks.all(c, vm.disks.all(d, d.size > 0.0))))");
    assertTimeout(Duration.ofSeconds(10), () -> assertTrue(given.codes().contains("POL-002")));
  }

  @Test
  void expressionsThatRunAwayElsewhereDoNotHere() {
    Given given = new Given();
    given.notes = "a".repeat(100_000) + "!";
    given.policy = Given.rule("vm.notes.matches('^(a+)+$')");
    assertTimeout(Duration.ofSeconds(5), () -> given.assess());
  }
}
