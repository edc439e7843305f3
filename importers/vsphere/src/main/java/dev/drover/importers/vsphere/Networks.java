package dev.drover.importers.vsphere;

import com.vmware.vim25.DVPortgroupConfigInfo;
import com.vmware.vim25.HostPortGroup;
import com.vmware.vim25.OpaqueNetworkSummary;
import com.vmware.vim25.VMwareDVSPortSetting;
import com.vmware.vim25.VmwareDistributedVirtualSwitchVlanIdSpec;
import dev.drover.mappings.model.EstatePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Networks by what the backing of a NIC names. */
final class Networks {
  /**
   * A network.
   *
   * @param vlan null where unknown or several, 0 for none
   */
  record Known(
      String name,
      String type,
      @Nullable Integer vlan,
      @Nullable String switchName,
      @Nullable String datacenter) {}

  private final Map<String, Known> byPortgroup = new HashMap<>();
  private final Map<String, Known> byOpaqueId = new HashMap<>();
  private final Map<String, Known> byReference = new HashMap<>();
  private final List<Known> all = new ArrayList<>();

  void read(
      Tree tree,
      List<Props> hosts,
      List<Props> switches,
      List<Props> groups,
      List<Props> networks) {
    Map<String, HostPortGroup> standard = portGroups(hosts);
    Set<String> distributed = new HashSet<>();
    for (Props group : groups) {
      distributed.add(group.id());
      Known known = distributed(tree, group);
      byPortgroup.put(group.id(), known);
      String key = group.text("key");
      if (key != null) {
        byPortgroup.put(key, known);
      }
      add(group, known);
    }
    for (Props network : networks) {
      if (distributed.contains(network.id())) {
        continue;
      }
      OpaqueNetworkSummary opaque = network.get("summary", OpaqueNetworkSummary.class);
      String name = name(tree, network);
      HostPortGroup group = standard.get(name);
      Known known =
          opaque == null
              ? new Known(
                  name,
                  "standard",
                  group == null ? null : vlan(group),
                  group == null || group.spec == null ? null : group.spec.vswitchName,
                  tree.datacenter(network.ref()))
              : new Known(name, "opaque", null, null, tree.datacenter(network.ref()));
      if (opaque != null && opaque.opaqueNetworkId != null) {
        byOpaqueId.put(opaque.opaqueNetworkId, known);
      }
      add(network, known);
    }
  }

  private void add(Props props, Known known) {
    byReference.put(props.id(), known);
    all.add(known);
  }

  private static String name(Tree tree, Props props) {
    String name = tree.name(props.ref());
    return name == null ? props.id() : name;
  }

  /** By name; where hosts disagree about the VLAN, nobody knows it. */
  private static Map<String, HostPortGroup> portGroups(List<Props> hosts) {
    Map<String, HostPortGroup> byName = new HashMap<>();
    for (Props host : hosts) {
      for (HostPortGroup each : host.all("config.network.portgroup", HostPortGroup.class)) {
        if (each.spec != null && each.spec.name != null) {
          HostPortGroup before = byName.putIfAbsent(each.spec.name, each);
          if (before != null && before.spec.vlanId != each.spec.vlanId) {
            before.spec.vlanId = -1;
          }
        }
      }
    }
    return byName;
  }

  /** 4095 hands all VLANs to the guest. */
  private static @Nullable Integer vlan(HostPortGroup group) {
    int id = group.spec.vlanId;
    return id >= 0 && id < 4095 ? id : null;
  }

  private static Known distributed(Tree tree, Props group) {
    DVPortgroupConfigInfo config = group.get("config", DVPortgroupConfigInfo.class);
    Integer vlan = null;
    if (config != null
        && config.defaultPortConfig instanceof VMwareDVSPortSetting setting
        && setting.vlan instanceof VmwareDistributedVirtualSwitchVlanIdSpec one) {
      vlan = one.vlanId;
    }
    // From vSphere 7 on, segments of NSX-T are distributed port groups with this backing.
    String backing = Newer.text(config, "backingType");
    return new Known(
        name(tree, group),
        "nsx".equals(backing) ? "opaque" : "distributed",
        vlan,
        config == null ? null : tree.name(config.distributedVirtualSwitch),
        tree.datacenter(group.ref()));
  }

  @Nullable Known portgroup(@Nullable String key) {
    return key == null ? null : byPortgroup.get(key);
  }

  @Nullable Known opaque(@Nullable String id) {
    return id == null ? null : byOpaqueId.get(id);
  }

  @Nullable Known reference(@Nullable String id) {
    return id == null ? null : byReference.get(id);
  }

  List<EstatePart> parts(String source) {
    List<EstatePart> parts = new ArrayList<>();
    for (Known each : all) {
      parts.add(
          new EstatePart.Network(
              source, each.name(), each.datacenter(), each.type(), each.vlan(), each.switchName()));
    }
    return parts;
  }
}
