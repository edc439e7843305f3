package dev.drover.mappings.yaml;

import com.networknt.schema.path.NodePath;
import java.util.regex.Pattern;

/**
 * A place in a document: its path as people write it, and the node that stands there.
 *
 * @param path {@code waves[0].vms[2].diskBus}; empty for the whole document
 */
public record Place(String path, YamlNode node) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Where the validator points to. */
  static Place of(YamlNode root, NodePath location) {
    Place place = new Place("", root);
    for (int i = 0; i < location.getNameCount(); i++) {
      place = place.step(location.getElement(i));
    }
    return place;
  }

  /** One level down. */
  public Place step(Object element) {
    if (element instanceof Integer index && node instanceof YamlNode.Sequence sequence) {
      return item(index, sequence.items().get(index));
    }
    String key = String.valueOf(element);
    YamlNode child = node.get(key);
    return new Place(key(path, key), child == null ? node : child);
  }

  /** An item of the list that stands here. */
  public Place item(int index, YamlNode item) {
    return new Place(path + "[" + index + "]", item);
  }

  /** The path of a key below another path. */
  public static String key(String path, String key) {
    if (!WORD.matcher(key).matches()) {
      return path + "[" + Shown.of(key) + "]";
    }
    return path.isEmpty() ? key : path + "." + key;
  }
}
