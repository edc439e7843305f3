package dev.drover.importers.vsphere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.importers.api.SourceCheck;
import dev.drover.importers.vsphere.simulator.FaultProxy;
import dev.drover.importers.vsphere.simulator.Vcsim;
import dev.drover.mappings.model.Finding;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code drover check} of a source. */
@ParameterizedClass
@MethodSource("dev.drover.importers.vsphere.simulator.Vcsim#versions")
final class CheckTest {
  private final Vcsim peer;

  CheckTest(Vcsim.Version version) {
    peer = Vcsim.shared(version);
  }

  private static SourceCheck.Report check(FaultProxy proxy) {
    try (VsphereSource source = Specs.open(Specs.of(proxy.sdk()))) {
      return source.check();
    }
  }

  private static List<String> codes(SourceCheck.Report report) {
    return report.lines().stream()
        .map(SourceCheck.Line::finding)
        .filter(java.util.Objects::nonNull)
        .map(Finding::code)
        .toList();
  }

  @Test
  void saysVersionClockAndWhatIsSeen() throws IOException {
    try (FaultProxy proxy = new FaultProxy(peer.sdk())) {
      SourceCheck.Report report = check(proxy);
      assertTrue(report.about().contains("vCenter"), report.about());
      assertTrue(report.passed(), report.toString());
      assertTrue(
          report.lines().stream().anyMatch(l -> l.outcome().contains("4 VMs and 4 hosts")),
          report.toString());
      assertTrue(report.lines().stream().anyMatch(l -> l.subject().equals("clock")));
      assertFalse(codes(report).contains("VSP-020"));
    }
  }

  @Test
  void namesThePrivilegesThatAreMissingForEachWork() throws IOException {
    try (FaultProxy proxy = new FaultProxy(peer.sdk())) {
      proxy.when(
          "HasPrivilegeOnEntities",
          9,
          FaultProxy.answering(
              200,
              "<Envelope><Body><HasPrivilegeOnEntitiesResponse><returnval>"
                  + "<entity type=\"Folder\">group-d1</entity>"
                  + "<privAvailability><privId>System.View</privId><isGranted>false</isGranted>"
                  + "</privAvailability><privAvailability><privId>System.Read</privId>"
                  + "<isGranted>true</isGranted></privAvailability>"
                  + "</returnval></HasPrivilegeOnEntitiesResponse></Body></Envelope>"));
      SourceCheck.Report report = check(proxy);
      assertFalse(report.passed());
      assertEquals(
          Privileges.NEEDS.size(), codes(report).stream().filter("VSP-021"::equals).count());
      Finding inventory =
          report.lines().stream()
              .filter(l -> l.subject().equals("inventory"))
              .map(SourceCheck.Line::finding)
              .findFirst()
              .orElseThrow();
      assertEquals(Finding.Severity.BLOCKER, inventory.severity());
      assertEquals("System.View", inventory.evidence());
    }
  }

  @Test
  void saysWhichHostsDoNotAnswerAndWhereAPrivilegeIsMissing() throws IOException {
    try (FaultProxy proxy = new FaultProxy(peer.sdk())) {
      String name = peer.sdk().getRawAuthority();
      proxy.when(
          call -> call.body().contains("sslThumbprint"),
          1,
          FaultProxy.changing(text -> text.replaceFirst(">DC0_H0<", ">" + name + "<")));
      proxy.when(
          call -> call.body().contains("VApp.Export"),
          1,
          FaultProxy.changing(text -> text.replaceFirst("<isGranted>true<", "<isGranted>false<")));
      SourceCheck.Report report = check(proxy);
      assertTrue(report.passed());
      String lines = report.lines().toString();
      assertTrue(lines.contains("1 of 4 hosts answer from here"), lines);
      assertTrue(lines.contains("missing on 1 of 4 VMs: "), lines);
      assertTrue(codes(report).containsAll(List.of("VSP-024", "VSP-021")), lines);
    }
  }

  @Test
  void tellsAClockThatIsWrong() throws IOException {
    try (FaultProxy proxy = new FaultProxy(peer.sdk())) {
      proxy.when(
          "CurrentTime",
          1,
          FaultProxy.answering(
              200,
              "<Envelope><Body><CurrentTimeResponse><returnval>2001-01-01T00:00:00Z</returnval>"
                  + "</CurrentTimeResponse></Body></Envelope>"));
      SourceCheck.Report report = check(proxy);
      assertTrue(codes(report).contains("VSP-020"), report.toString());
      assertTrue(report.passed());
    }
  }
}
