package dev.drover.importers.vsphere;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.EntityPrivilege;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PrivilegeAvailability;
import dev.drover.importers.api.SourceCheck.Line;
import dev.drover.importers.api.SourceCheck.Report;
import dev.drover.mappings.model.Finding;
import java.rmi.RemoteException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Asks a source whether Drover's work there is going to succeed. Changes nothing. */
final class CheckConnection {
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Session session;
  private final Collector collector;

  CheckConnection(Session session, Collector collector) {
    this.session = session;
    this.collector = collector;
  }

  Report check() {
    AboutInfo about = session.content().about;
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "connection", "logged in over API " + about.apiVersion, session.insecureFinding()));
    lines.add(clock());
    for (Privileges.Need need : Privileges.NEEDS) {
      lines.add(privileges(need));
    }
    lines.add(inventory());
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

  /** On the root folder: a right that is granted on some objects alone cannot be told from none. */
  private Line privileges(Privileges.Need need) {
    TreeSet<String> missing = new TreeSet<>();
    try {
      EntityPrivilege[] answer =
          session.raw(
              (vim, content) ->
                  vim.hasPrivilegeOnEntities(
                      content.authorizationManager,
                      new ManagedObjectReference[] {content.rootFolder},
                      session.key(),
                      need.privileges().toArray(String[]::new)));
      for (EntityPrivilege each : Props.list(answer, EntityPrivilege.class)) {
        for (PrivilegeAvailability one :
            Props.list(each.privAvailability, PrivilegeAvailability.class)) {
          if (!one.isGranted) {
            missing.add(one.privId);
          }
        }
      }
    } catch (RemoteException e) {
      return new Line(
          need.work(),
          "the server does not tell which privileges the user has",
          Finding.info(
                  "VSP-022",
                  "privileges for " + need.work() + " are not checked",
                  "compare the user's role with \"Privileges\" in docs/vsphere.md")
              .with(String.valueOf(e.getMessage())));
    }
    String all = String.join(", ", missing);
    return missing.isEmpty()
        ? new Line(need.work(), "all " + need.privileges().size() + " privileges at the root", null)
        : new Line(need.work(), "missing at the root: " + all, lacking(need, all));
  }

  private static Finding lacking(Privileges.Need need, String all) {
    String remedy =
        "add them to the user's role, with propagation; granted further down they serve there alone";
    String what = "privileges for " + need.work() + " are missing at the root";
    return (need.needed()
            ? Finding.blocker("VSP-021", what, remedy)
            : Finding.warning("VSP-021", what, remedy))
        .with(all);
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
