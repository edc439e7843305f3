package dev.drover.importers.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and parents of everything that contains VMs. */
final class Tree {
  private static final int DEEPEST = 100;
  private static final Pattern ESCAPE = Pattern.compile("%(2f|5c|25)", Pattern.CASE_INSENSITIVE);

  private record Node(
      ManagedObjectReference ref, String name, @Nullable ManagedObjectReference parent) {}

  private final Map<String, Node> nodes = new HashMap<>();

  void add(Props props) {
    String name = props.text("name");
    nodes.put(
        key(props.ref()),
        new Node(props.ref(), name == null ? props.id() : name, props.ref("parent")));
  }

  private static String key(ManagedObjectReference ref) {
    return ref.type + ":" + ref.val;
  }

  private @Nullable Node node(@Nullable ManagedObjectReference ref) {
    return ref == null ? null : nodes.get(key(ref));
  }

  /** As people read it, or null. */
  @Nullable String name(@Nullable ManagedObjectReference ref) {
    Node node = node(ref);
    return node == null ? null : decoded(node.name());
  }

  @Nullable ManagedObjectReference parent(@Nullable ManagedObjectReference ref) {
    Node node = node(ref);
    return node == null ? null : node.parent();
  }

  /** The nearest object of the type at or above; null where there is none. */
  @Nullable ManagedObjectReference above(@Nullable ManagedObjectReference from, String type) {
    Node node = node(from);
    for (int i = 0; node != null && i < DEEPEST; i++) {
      if (node.ref().type.equals(type)) {
        return node.ref();
      }
      node = node(node.parent());
    }
    return null;
  }

  @Nullable String datacenter(@Nullable ManagedObjectReference from) {
    return name(above(from, "Datacenter"));
  }

  /**
   * The folders of a VM, {@code /} between them; null for the datacenter's own. A slash inside a
   * name stays as vCenter writes it: {@code %2f}.
   */
  @Nullable String folder(@Nullable ManagedObjectReference from) {
    Deque<String> names = new ArrayDeque<>();
    Node node = node(from);
    for (int i = 0; node != null && i < DEEPEST; i++) {
      Node up = node(node.parent());
      // The topmost folder, "vm", is the datacenter's own and is never shown.
      if (!node.ref().type.equals("Folder") || up == null || !up.ref().type.equals("Folder")) {
        break;
      }
      names.push(node.name());
      node = up;
    }
    return names.isEmpty() ? null : String.join("/", names);
  }

  /** The names from below the datacenter's folder on, encoded: {@code DC0} for {@code dcPath}. */
  String path(@Nullable ManagedObjectReference from) {
    Deque<String> names = new ArrayDeque<>();
    Node node = node(from);
    for (int i = 0; node != null && node.parent() != null && i < DEEPEST; i++) {
      names.push(node.name());
      node = node(node.parent());
    }
    return String.join("/", names);
  }

  /** vCenter writes slashes and percent signs in names as {@code %2f}, {@code %5c}, {@code %25}. */
  static String decoded(String name) {
    return ESCAPE
        .matcher(name)
        .replaceAll(
            found ->
                switch (found.group().toLowerCase(Locale.ROOT)) {
                  case "%2f" -> "/";
                  case "%5c" -> "\\\\";
                  default -> "%";
                });
  }
}
