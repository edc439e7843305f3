package dev.drover.importers.vsphere;

import com.vmware.vim25.GuestNicInfo;
import com.vmware.vim25.GuestStackInfo;
import com.vmware.vim25.NetIpConfigInfoIpAddress;
import com.vmware.vim25.NetIpRouteConfigInfoIpRoute;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualEthernetCard;
import com.vmware.vim25.VirtualEthernetCardDistributedVirtualPortBackingInfo;
import com.vmware.vim25.VirtualEthernetCardNetworkBackingInfo;
import com.vmware.vim25.VirtualEthernetCardOpaqueNetworkBackingInfo;
import com.vmware.vim25.VirtualSriovEthernetCard;
import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.SourceNic;
import dev.drover.mappings.model.SourceNic.GuestAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the network cards. A card's id is the key of its device: {@code 4000}. */
final class NicReader {
  private final Props vm;
  private final List<VirtualDevice> devices;
  private final Networks networks;

  NicReader(Props vm, List<VirtualDevice> devices, Networks networks) {
    this.vm = vm;
    this.devices = devices;
    this.networks = networks;
  }

  /** Also cards of a kind that is newer than yavijava: they have an address. */
  static boolean isCard(VirtualDevice device) {
    return device instanceof VirtualEthernetCard || Newer.text(device, "macAddress") != null;
  }

  List<SourceNic> read() {
    List<SourceNic> nics = new ArrayList<>();
    Set<Integer> keys = new HashSet<>();
    for (VirtualDevice each : devices) {
      if (isCard(each) && keys.add(each.key)) {
        nics.add(read(each));
      }
    }
    return nics;
  }

  private SourceNic read(VirtualDevice card) {
    Networks.Known network = network(card.backing);
    String name = network == null ? named(card.backing) : network.name();
    return new SourceNic(
        String.valueOf(card.key),
        card.deviceInfo == null || card.deviceInfo.label == null
            ? "network adapter " + card.key
            : card.deviceInfo.label,
        model(card),
        mac(card),
        name,
        network == null ? null : network.vlan(),
        network == null ? null : network.type(),
        card.connectable == null ? Answer.UNKNOWN : Answer.of(card.connectable.startConnected),
        addresses(card.key),
        Answer.of(
            card instanceof VirtualSriovEthernetCard
                || card.backing instanceof VirtualEthernetCardNetworkBackingInfo standard
                    && Boolean.TRUE.equals(standard.inPassthroughMode)));
  }

  /** {@code vmxnet3} of {@code VirtualVmxnet3}. */
  private static String model(VirtualDevice card) {
    String word = Newer.type(card).replaceFirst("^Virtual", "").replaceFirst("EthernetCard$", "");
    return word.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String mac(VirtualDevice card) {
    String text =
        card instanceof VirtualEthernetCard known
            ? known.macAddress
            : Newer.text(card, "macAddress");
    String lower = text == null ? "" : text.toLowerCase(Locale.ROOT).replace('-', ':');
    return lower.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}") ? lower : null;
  }

  private Networks.@Nullable Known network(@Nullable VirtualDeviceBackingInfo backing) {
    if (backing instanceof VirtualEthernetCardDistributedVirtualPortBackingInfo port) {
      return port.port == null ? null : networks.portgroup(port.port.portgroupKey);
    } else if (backing instanceof VirtualEthernetCardOpaqueNetworkBackingInfo opaque) {
      return networks.opaque(opaque.opaqueNetworkId);
    } else if (backing instanceof VirtualEthernetCardNetworkBackingInfo standard) {
      return standard.network == null ? null : networks.reference(standard.network.val);
    }
    return null;
  }

  /** What the backing itself tells of a network that the user may not see. */
  private static @Nullable String named(@Nullable VirtualDeviceBackingInfo backing) {
    if (backing instanceof VirtualEthernetCardNetworkBackingInfo standard) {
      return standard.deviceName;
    } else if (backing instanceof VirtualEthernetCardOpaqueNetworkBackingInfo opaque) {
      return opaque.opaqueNetworkId;
    } else if (backing instanceof VirtualEthernetCardDistributedVirtualPortBackingInfo port) {
      return port.port == null ? null : port.port.portgroupKey;
    }
    return null;
  }

  /** Null where no tools report. */
  private @Nullable List<GuestAddress> addresses(int key) {
    List<GuestNicInfo> reported = vm.all("guest.net", GuestNicInfo.class);
    if (reported.isEmpty()) {
      return null;
    }
    List<GuestAddress> all = new ArrayList<>();
    for (GuestNicInfo each : reported) {
      if (each.deviceConfigId == key) {
        addTo(all, each);
      }
    }
    return all;
  }

  private void addTo(List<GuestAddress> all, GuestNicInfo card) {
    List<NetIpConfigInfoIpAddress> details =
        Props.list(
            card.ipConfig == null ? null : card.ipConfig.ipAddress, NetIpConfigInfoIpAddress.class);
    for (NetIpConfigInfoIpAddress each : details) {
      if (each.ipAddress != null && !each.ipAddress.isBlank()) {
        int prefix = each.prefixLength;
        all.add(
            new GuestAddress(
                each.ipAddress,
                prefix > 0 && prefix <= 128 ? prefix : null,
                gateway(each.ipAddress),
                each.origin == null ? Answer.UNKNOWN : Answer.of(each.origin.equals("manual"))));
      }
    }
    if (details.isEmpty()) {
      for (String each : Props.list(card.ipAddress, String.class)) {
        all.add(new GuestAddress(each, null, gateway(each), Answer.UNKNOWN));
      }
    }
  }

  /** The default route's of the address's own family. */
  private @Nullable String gateway(String address) {
    boolean six = address.contains(":");
    for (GuestStackInfo stack : vm.all("guest.ipStack", GuestStackInfo.class)) {
      if (stack.ipRouteConfig == null) {
        continue;
      }
      for (NetIpRouteConfigInfoIpRoute route :
          Props.list(stack.ipRouteConfig.ipRoute, NetIpRouteConfigInfoIpRoute.class)) {
        boolean everything =
            route.prefixLength == 0 && (six ? "::" : "0.0.0.0").equals(route.network);
        if (everything && route.gateway != null && route.gateway.ipAddress != null) {
          return route.gateway.ipAddress;
        }
      }
    }
    return null;
  }
}
