package dev.drover.mappings.estimate;

import java.util.List;

/**
 * What the copy of a VM goes through. Places are texts that are equal where they are one place.
 *
 * @param bytes to copy
 * @param host the source host, or empty where unknown: then it shares none
 * @param datastores of its disks
 * @param classes the storage classes that its disks get
 */
public record Copied(long bytes, String host, List<String> datastores, List<String> classes) {
  public Copied {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes are negative: " + bytes);
    }
    datastores = List.copyOf(datastores);
    classes = List.copyOf(classes);
  }
}
