package dev.drover.importers.vsphere;

import com.vmware.vim25.EntityPrivilege;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PrivilegeAvailability;
import dev.drover.importers.api.SourceCheck.Line;
import dev.drover.mappings.model.Finding;
import java.rmi.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks for privileges where they count: on each datastore and VM, since a role may be granted on a
 * folder alone, or taken away there.
 */
final class CheckPrivileges {
  /** Objects a question. */
  private static final int AT_ONCE = 500;

  private static final int NAMED = 5;

  private final Session session;
  private final Collector collector;

  CheckPrivileges(Session session, Collector collector) {
    this.session = session;
    this.collector = collector;
  }

  Line check(Privileges.Need need) {
    List<Props> objects =
        need.level() == Privileges.Level.ROOT
            ? List.of()
            : collector.all(need.level().type(), List.of("name"));
    List<ManagedObjectReference> refs =
        need.level() == Privileges.Level.ROOT
            ? List.of(session.content().rootFolder)
            : objects.stream().map(Props::ref).toList();
    TreeMap<String, TreeSet<String>> missing = new TreeMap<>();
    try {
      for (int at = 0; at < refs.size(); at += AT_ONCE) {
        ask(need, refs.subList(at, Math.min(refs.size(), at + AT_ONCE)), missing);
      }
    } catch (RemoteException e) {
      return unknown(need, e);
    }
    String where =
        need.level() == Privileges.Level.ROOT
            ? "the root"
            : refs.size() + " " + need.level().words();
    if (missing.isEmpty()) {
      return new Line(
          need.work(), "all " + need.privileges().size() + " privileges on " + where, null);
    }
    TreeSet<String> privileges = new TreeSet<>();
    missing.values().forEach(privileges::addAll);
    String all = String.join(", ", privileges);
    String on =
        need.level() == Privileges.Level.ROOT
            ? "the root"
            : missing.size() + " of " + where + ": " + names(objects, missing);
    return new Line(need.work(), "missing on " + on + ": " + all, lacking(need, all, on));
  }

  private void ask(
      Privileges.Need need,
      List<ManagedObjectReference> some,
      TreeMap<String, TreeSet<String>> missing)
      throws RemoteException {
    EntityPrivilege[] answer =
        session.raw(
            (vim, content) ->
                vim.hasPrivilegeOnEntities(
                    content.authorizationManager,
                    some.toArray(ManagedObjectReference[]::new),
                    session.key(),
                    need.privileges().toArray(String[]::new)));
    for (EntityPrivilege each : Props.list(answer, EntityPrivilege.class)) {
      for (PrivilegeAvailability one :
          Props.list(each.privAvailability, PrivilegeAvailability.class)) {
        if (!one.isGranted) {
          String on = each.entity == null ? "" : String.valueOf(each.entity.val);
          missing.computeIfAbsent(on, key -> new TreeSet<>()).add(one.privId);
        }
      }
    }
  }

  private static String names(List<Props> objects, TreeMap<String, TreeSet<String>> missing) {
    List<String> names = new ArrayList<>();
    for (Props each : objects) {
      if (missing.containsKey(each.id()) && names.size() < NAMED) {
        names.add(Tree.decoded(String.valueOf(each.text("name"))));
      }
    }
    return String.join(", ", names) + (missing.size() > NAMED ? ", …" : "");
  }

  private static Line unknown(Privileges.Need need, RemoteException e) {
    return new Line(
        need.work(),
        "the server does not tell which privileges the user has",
        Finding.info(
                "VSP-022",
                "privileges for " + need.work() + " are not checked",
                "compare the user's role with \"Privileges\" in docs/vsphere.md")
            .with(String.valueOf(e.getMessage())));
  }

  private static Finding lacking(Privileges.Need need, String all, String on) {
    String what = "privileges for " + need.work() + " are missing on " + on;
    String remedy = "add them to the user's role there, with propagation";
    return (need.needed()
            ? Finding.blocker("VSP-021", what, remedy)
            : Finding.warning("VSP-021", what, remedy))
        .with(all);
  }
}
