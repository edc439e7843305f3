package dev.drover.importers.api;

import dev.drover.mappings.model.EstatePart;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.SourceVm;

/** One thing that a source listed. */
public sealed interface Discovery {
  /** A VM. */
  record Found(SourceVm vm) implements Discovery {}

  /**
   * Something that should be a VM and cannot be understood.
   *
   * @param place file and, where known, line and column: {@code web.ovf:12:7}
   * @param problem what and how to mend it
   */
  record Unreadable(String place, Finding problem) implements Discovery {}

  /** A host, cluster, datastore or network. */
  record Around(EstatePart part) implements Discovery {}

  /**
   * Something about the source as a whole that the user must know: what could not be seen, and how
   * it could.
   *
   * @param place the source and, where known, the place in it: {@code export.xlsx: vPartition}
   */
  record Noticed(String place, Finding finding) implements Discovery {}
}
