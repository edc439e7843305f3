package dev.drover.importers.ova;

import java.util.List;
import java.util.stream.Stream;

/**
 * A VirtualSystem and where it stands.
 *
 * @param key unique in the descriptor: its {@code ovf:id}, with {@code ~2} where that is taken
 * @param parents the collections around it, outermost first
 */
record SystemNode(String key, XmlElement element, List<XmlElement> parents) {
  SystemNode {
    parents = List.copyOf(parents);
  }

  /** What was written as its id, or the key where nothing was. */
  String writtenId() {
    String id = element.attribute("id");
    return id == null || id.isBlank() ? key : id;
  }

  /** Sections of one name: its own first, then those of the collections, the nearest first. */
  Stream<XmlElement> sections(String name) {
    Stream<XmlElement> all = element.all(name);
    for (int i = parents.size() - 1; i >= 0; i--) {
      all = Stream.concat(all, parents.get(i).all(name));
    }
    return all;
  }
}
