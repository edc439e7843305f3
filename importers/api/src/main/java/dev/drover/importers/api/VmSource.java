package dev.drover.importers.api;

import dev.drover.mappings.model.VmRef;
import java.util.stream.Stream;

/** A place that VMs come from. Safe for use by several threads after it is opened. */
public interface VmSource extends AutoCloseable {
  /**
   * Everything that is there, one by one, in a stable order. What cannot be understood is an {@link
   * Discovery.Unreadable} with its place and does not end the stream.
   *
   * @return a stream that the caller closes
   * @throws dev.drover.mappings.failure.SourceFailed when the source itself cannot be reached
   */
  Stream<Discovery> list();

  /**
   * A frozen view of one VM.
   *
   * @throws dev.drover.mappings.failure.SourceFailed when it is not there any more or unreadable
   */
  VmSnapshot open(VmRef ref);

  @Override
  void close();
}
