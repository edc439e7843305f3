package dev.drover.importers.ova;

import dev.drover.mappings.model.SourceDisk;
import java.util.List;
import java.util.Map;

/**
 * The disks of a VM in the order of their addresses.
 *
 * @param sources the Disk of each by the id of the SourceDisk; a drive that the descriptor makes by
 *     itself has none
 * @param byInstance ids of the disks by the InstanceID of their Item
 */
record Drives(List<SourceDisk> disks, Map<String, OvfDisk> sources, Map<String, String> byInstance) {
  Drives {
    disks = List.copyOf(disks);
    sources = Map.copyOf(sources);
    byInstance = Map.copyOf(byInstance);
  }
}
