package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.PowerState;
import dev.drover.mappings.model.SourceNic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The network cards of one VM: those of vNetwork, else the networks that vInfo names. */
final class NicRows {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "([0-9]+(?:\\.[0-9]+){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?:%\\w+)?(?:/(\\d{1,3}))?");
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2}){5}");
  private static final Field[] NETWORKS = {
    Field.NETWORK_1, Field.NETWORK_2, Field.NETWORK_3, Field.NETWORK_4,
    Field.NETWORK_5, Field.NETWORK_6, Field.NETWORK_7, Field.NETWORK_8
  };

  private final VmRows vm;
  private final Set<String> ids = new HashSet<>();

  NicRows(VmRows vm) {
    this.vm = vm;
  }

  List<SourceNic> read() {
    List<RowView> rows = vm.rows(Topic.NETWORK);
    List<SourceNic> nics = new ArrayList<>();
    for (RowView row : rows) {
      nics.add(nic(row, nics.size() + 1, rows.size() == 1));
    }
    return nics.isEmpty() ? ofInfo() : nics;
  }

  private SourceNic nic(RowView row, int number, boolean only) {
    String label = row.text(Field.NIC_LABEL);
    String shown = label == null ? "Network adapter " + number : label;
    String adapter = row.text(Field.ADAPTER);
    String model = adapter == null ? null : adapter.toLowerCase(Locale.ROOT);
    String mac = row.word(Field.MAC).replace('-', ':');
    String name = row.text(Field.NETWORK);
    EstatePart.Network network = vm.estate().network(vm.vcenter(), name);
    return new SourceNic(
        id(shown),
        shown,
        model,
        MAC.matcher(mac).matches() ? mac : null,
        name,
        network == null ? null : network.vlan(),
        network == null ? null : network.type(),
        VmRows.first(row.answer(Field.STARTS_CONNECTED), row.answer(Field.CONNECTED)),
        addresses(row, only),
        passthrough(model, row.answer(Field.DIRECT_PATH)));
  }

  private String id(String label) {
    Matcher digits = Pattern.compile("(\\d+)$").matcher(label);
    String id = "nic" + (digits.find() ? digits.group(1) : ids.size() + 1);
    String unique = id;
    for (int i = 2; !ids.add(unique); i++) {
      unique = id + "~" + i;
    }
    return unique;
  }

  /**
   * {@code Direct Path IO} tells that the card may bypass the hypervisor (UPT), as vSphere's client
   * sets it for every vmxnet3 card; whether it does is unknown. SR-IOV always does.
   */
  private static Answer passthrough(@Nullable String model, Answer directPath) {
    if (model != null && model.contains("sriov")) {
      return Answer.YES;
    }
    return directPath == Answer.NO ? Answer.NO : Answer.UNKNOWN;
  }

  /** Of a VM that does not run, nobody knows. */
  private @Nullable List<SourceNic.GuestAddress> addresses(RowView row, boolean only) {
    if (vm.power() != PowerState.ON) {
      return null;
    }
    List<SourceNic.GuestAddress> addresses = new ArrayList<>();
    collect(row.text(Field.IPV4), addresses);
    collect(row.text(Field.IPV6), addresses);
    if (addresses.isEmpty() && only) {
      collect(vm.info().text(Field.ADDRESS), addresses);
    }
    return addresses.isEmpty() ? null : addresses;
  }

  private static void collect(@Nullable String text, List<SourceNic.GuestAddress> into) {
    if (text == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    into.forEach(a -> seen.add(a.address()));
    for (String word : text.split("[,;|\\s]+")) {
      Matcher match = ADDRESS.matcher(word);
      if (match.matches() && seen.add(match.group(1))) {
        String prefix = match.group(2);
        into.add(
            new SourceNic.GuestAddress(
                match.group(1),
                prefix == null ? null : Integer.valueOf(prefix),
                null,
                Answer.UNKNOWN));
      }
    }
  }

  private List<SourceNic> ofInfo() {
    List<String> networks = new ArrayList<>();
    for (Field field : NETWORKS) {
      String text = vm.info().text(field);
      if (text != null) {
        networks.addAll(List.of(text.strip().split("\\s*\\|\\s*")));
      }
    }
    List<SourceNic> nics = new ArrayList<>();
    for (String name : networks) {
      EstatePart.Network network = vm.estate().network(vm.vcenter(), name);
      nics.add(
          new SourceNic(
              "nic" + (nics.size() + 1),
              "Network #" + (nics.size() + 1),
              null,
              null,
              name,
              network == null ? null : network.vlan(),
              network == null ? null : network.type(),
              Answer.UNKNOWN,
              networks.size() == 1 ? infoAddress() : null,
              Answer.UNKNOWN));
    }
    return nics;
  }

  private @Nullable List<SourceNic.GuestAddress> infoAddress() {
    List<SourceNic.GuestAddress> addresses = new ArrayList<>();
    if (vm.power() == PowerState.ON) {
      collect(vm.info().text(Field.ADDRESS), addresses);
    }
    return addresses.isEmpty() ? null : addresses;
  }
}
