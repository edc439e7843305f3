package dev.drover.converters.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tree of block drivers as QEMU's QAPI {@code BlockdevOptions} spell it. Every node names its
 * driver and, where it could have one, its backing; so nothing is probed and no name that stands in
 * an image is followed.
 *
 * @param files that the tree opens, absolute
 */
public record BlockNode(ObjectNode options, List<Path> files) {
  public BlockNode {
    files = List.copyOf(files);
  }

  /** A whole file as it is. */
  static BlockNode file(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("driver", "file").put("filename", absolute.toString());
    return new BlockNode(node, List.of(absolute));
  }

  /** A range of a file; both numbers are multiples of 512. */
  static BlockNode window(Path path, long offset, long size) {
    BlockNode file = file(path);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("driver", "raw").put("offset", offset).put("size", size);
    node.set("file", file.options());
    return new BlockNode(node, file.files());
  }

  /** A raw disk in a file. */
  public static BlockNode raw(Path path) {
    return format("raw", file(path), null);
  }

  /** A raw disk in a range of a file; both numbers are multiples of 512. */
  public static BlockNode raw(Path path, long offset, long size) {
    return format("raw", window(path, offset, size), null);
  }

  /** A disk that a local file holds alone. */
  public static BlockNode image(String driver, Path path) {
    return format(driver, file(path), null);
  }

  /**
   * A format over its file.
   *
   * @param backing what a delta stands on, or null for nothing at all
   */
  static BlockNode format(String driver, BlockNode file, @Nullable BlockNode backing) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("driver", driver);
    if (driver.equals("vpc")) {
      // Without it QEMU takes the size from the geometry that some writers round down.
      node.put("force_size_calc", "current_size");
    }
    List<Path> files = new ArrayList<>(file.files());
    if (backing != null) {
      node.set("backing", backing.options());
      files.addAll(backing.files());
    } else if (driver.equals("qcow2") || driver.equals("vmdk")) {
      node.putNull("backing");
    }
    node.set("file", file.options());
    return new BlockNode(node, files);
  }

  /** The same tree that opens further files by a descriptor that Drover wrote. */
  BlockNode alsoOpening(List<Path> more) {
    List<Path> all = new ArrayList<>(files);
    all.addAll(more);
    return new BlockNode(options, all);
  }

  /** The file name that qemu-img takes. */
  String argument() {
    return "json:" + options;
  }
}
