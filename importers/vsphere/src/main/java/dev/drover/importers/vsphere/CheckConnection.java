package dev.drover.importers.vsphere;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.ManagedObjectReference;
import dev.drover.importers.api.SourceCheck.Line;
import dev.drover.importers.api.SourceCheck.Report;
import dev.drover.mappings.model.Finding;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;

/** Asks a source whether Drover's work there is going to succeed. Changes nothing. */
final class CheckConnection {
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Session session;
  private final Collector collector;
  private final HostLinks links;

  CheckConnection(Session session, Collector collector, HostLinks links) {
    this.session = session;
    this.collector = collector;
    this.links = links;
  }

  Report check() {
    AboutInfo about = session.content().about;
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "connection", "logged in over API " + about.apiVersion, session.insecureFinding()));
    lines.add(clock());
    for (Privileges.Need need : Privileges.NEEDS) {
      lines.add(new CheckPrivileges(session, collector).check(need));
    }
    lines.add(inventory());
    lines.add(new CheckHosts(session, collector, links).check());
    return new Report(
        about.fullName == null ? about.name + " " + about.version : about.fullName, lines);
  }

  private Line clock() {
    ManagedObjectReference root = new ManagedObjectReference();
    root.type = "ServiceInstance";
    root.val = "ServiceInstance";
    Calendar time =
        session.call(
            session.address().subject(),
            "cannot ask for the time",
            (vim, c) -> vim.currentTime(root));
    if (time == null) {
      return new Line("clock", "the server does not tell its time", null);
    }
    Duration skew = Duration.between(Clock.systemUTC().instant(), time.toInstant());
    boolean large = skew.abs().compareTo(SKEW) > 0;
    String text = Math.abs(skew.toSeconds()) + " s " + (skew.isNegative() ? "behind" : "ahead");
    return new Line(
        "clock",
        "the server's clock is " + text,
        large
            ? Finding.warning(
                    "VSP-020",
                    "its clock differs, so that times in reports do not fit together",
                    "set both by NTP")
                .with(text)
            : null);
  }

  private Line inventory() {
    int vms = collector.all("VirtualMachine", List.of("name")).size();
    Map<Boolean, Long> hosts =
        collector.all("HostSystem", List.of("runtime.connectionState")).stream()
            .collect(
                java.util.stream.Collectors.partitioningBy(
                    host ->
                        "connected"
                            .equals(
                                String.valueOf(host.get("runtime.connectionState", Object.class))),
                    java.util.stream.Collectors.counting()));
    long away = hosts.getOrDefault(false, 0L);
    return new Line(
        "objects",
        vms + " VMs and " + (hosts.getOrDefault(true, 0L) + away) + " hosts are seen",
        away == 0
            ? null
            : Finding.warning(
                    "VSP-023",
                    "hosts are not connected, and their VMs can be neither read nor copied",
                    "reconnect them in vCenter")
                .with(away + " hosts"));
  }
}
