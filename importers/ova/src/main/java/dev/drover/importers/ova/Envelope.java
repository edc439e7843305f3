package dev.drover.importers.ova;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a descriptor, found and checked against each other; values are as written. */
final class Envelope {
  private final XmlElement root;
  private final Map<String, OvfFile> files = new LinkedHashMap<>();
  private final Map<String, OvfDisk> disks = new LinkedHashMap<>();
  private final Map<String, OvfDisk> disksByFile = new HashMap<>();
  private final Set<String> networks = new HashSet<>();
  private final Map<String, String> strings = new HashMap<>();
  private final List<SystemNode> systems = new ArrayList<>();
  private final UniqueIds keys = new UniqueIds();
  private final Map<String, Integer> diskUsers = new HashMap<>();

  private Envelope(XmlElement root) {
    this.root = root;
  }

  /**
   * @throws OvfInvalid when it is no OVF, or contradicts itself
   */
  static Envelope of(XmlElement root) {
    if (!root.name().equals("Envelope")
        || !(root.namespace().isEmpty() || OvfNames.isOvf(root.namespace()))) {
      throw new OvfInvalid(
          "OVF-101",
          root.place(),
          "this is no OVF descriptor: its root is "
              + SafeName.shown(root.name())
              + (root.namespace().isEmpty() ? "" : " of " + SafeName.shown(root.namespace())),
          "export the VM as OVF; versions 0.9, 1.x and 2.x are read");
    }
    Envelope envelope = new Envelope(root);
    envelope.root.all("References").forEach(r -> r.all("File").forEach(envelope::addFile));
    Set<String> shared = envelope.sharedDisks();
    envelope.root.all("DiskSection").forEach(
        s -> s.all("Disk").forEach(d -> envelope.addDisk(d, shared)));
    envelope.root.all("NetworkSection").forEach(s -> s.all("Network").forEach(envelope::addNetwork));
    envelope.root.all("Strings").forEach(envelope::addStrings);
    envelope.addSystems(root, List.of());
    return envelope;
  }

  private static String needed(XmlElement element, String attribute) {
    String value = element.attribute(attribute);
    if (value == null || value.isBlank()) {
      throw new OvfInvalid(
          "OVF-102",
          element.place(),
          "a " + element.name() + " without ovf:" + attribute,
          "write the attribute, or export the appliance again");
    }
    return value.strip();
  }

  private static OvfInvalid twice(XmlElement element, String id) {
    return new OvfInvalid(
        "OVF-102",
        element.place(),
        "a second " + element.name() + " with the id \"" + SafeName.shown(id) + "\"",
        "give each its own id, or export the appliance again");
  }

  private void addFile(XmlElement element) {
    String id = needed(element, "id");
    OvfFile file =
        new OvfFile(
            id,
            needed(element, "href"),
            element.attribute("size"),
            element.attribute("compression"),
            element.attribute("chunkSize"),
            element.place());
    if (files.put(id, file) != null) {
      throw twice(element, id);
    }
  }

  private Set<String> sharedDisks() {
    Set<String> ids = new HashSet<>();
    root.all("SharedDiskSection").forEach(
        section ->
            section.all("SharedDisk").map(d -> d.attribute("diskId")).forEach(
                id -> {
                  if (id != null) {
                    ids.add(id.strip());
                  }
                }));
    return ids;
  }

  private void addDisk(XmlElement element, Set<String> shared) {
    String id = needed(element, "diskId");
    OvfDisk disk =
        new OvfDisk(
            id,
            element.attribute("capacity"),
            element.attribute("capacityAllocationUnits"),
            stripped(element.attribute("fileRef")),
            stripped(element.attribute("parentRef")),
            element.attribute("format"),
            element.attribute("populatedSize"),
            stripped(element.foreign("uuid")),
            shared.contains(id),
            element.place());
    if (disks.put(id, disk) != null) {
      throw twice(element, id);
    }
    if (disk.fileRef() != null) {
      disksByFile.putIfAbsent(disk.fileRef(), disk);
    }
  }

  private static @Nullable String stripped(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private void addNetwork(XmlElement element) {
    String name = element.attribute("name");
    if (name != null) {
      networks.add(name.strip());
    }
  }

  /** Messages in the descriptor's language win; bundles in files of their own are not read. */
  private void addStrings(XmlElement section) {
    String wanted = root.foreign("lang");
    String lang = section.foreign("lang");
    for (XmlElement message : (Iterable<XmlElement>) section.all("Msg")::iterator) {
      String id = message.attribute("msgid");
      if (id != null && wanted != null && wanted.equals(lang)) {
        strings.put(id, message.text());
      } else if (id != null) {
        strings.putIfAbsent(id, message.text());
      }
    }
  }

  private void addSystems(XmlElement parent, List<XmlElement> above) {
    for (XmlElement child : parent.children()) {
      if (child.name().equals("VirtualSystem")) {
        SystemNode node = new SystemNode(uniqueKey(child), child, above);
        systems.add(node);
        if (systems.size() > Limits.SYSTEMS) {
          throw new OvfInvalid(
              "OVF-100",
              child.place(),
              "there are more than " + Limits.SYSTEMS + " VMs in one descriptor",
              "get the appliance from its publisher again");
        }
        countDisks(node);
      } else if (child.name().equals("VirtualSystemCollection")) {
        List<XmlElement> path = new ArrayList<>(above);
        path.add(child);
        addSystems(child, path);
      }
    }
  }

  private String uniqueKey(XmlElement system) {
    String id = stripped(system.attribute("id"));
    String name = id != null ? id : system.textOf("Name");
    return keys.next(name != null ? name : "vm");
  }

  private void countDisks(SystemNode node) {
    Set<String> own = new HashSet<>();
    node.element().all("VirtualHardwareSection").forEach(
        section ->
            section.children().forEach(
                item -> {
                  OvfDisk disk = HostResource.disk(new HardwareItem(item), this);
                  if (disk != null) {
                    own.add(disk.id());
                  }
                }));
    own.forEach(id -> diskUsers.merge(id, 1, Integer::sum));
  }

  XmlElement root() {
    return root;
  }

  @Nullable OvfFile file(String id) {
    return files.get(id);
  }

  Iterable<OvfFile> files() {
    return files.values();
  }

  @Nullable OvfDisk disk(String id) {
    return disks.get(id);
  }

  /** The first disk with this {@code fileRef}, or null. */
  @Nullable OvfDisk diskOfFile(String fileId) {
    return disksByFile.get(fileId);
  }

  Iterable<OvfDisk> disks() {
    return disks.values();
  }

  boolean hasNetwork(String name) {
    return networks.contains(name);
  }

  /** In document order. */
  List<SystemNode> systems() {
    return systems;
  }

  /** How many of the VMs have this disk. */
  int users(OvfDisk disk) {
    return diskUsers.getOrDefault(disk.id(), 0);
  }

  /** The text of the first child of a name, by its message where it has none, or null. */
  @Nullable String text(XmlElement parent, String child) {
    XmlElement element = parent.first(child);
    if (element == null) {
      return null;
    }
    if (!element.text().isEmpty()) {
      return element.text();
    }
    String id = element.attribute("msgid");
    return id == null ? null : stripped(strings.get(id));
  }
}
