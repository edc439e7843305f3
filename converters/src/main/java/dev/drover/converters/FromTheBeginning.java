package dev.drover.converters;

import dev.drover.converters.engine.SourceChanged;
import dev.drover.mappings.progress.Progress;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with a copy, or begins it again where its source turns out to be another. */
final class FromTheBeginning {
  private static final Logger LOG = LoggerFactory.getLogger(FromTheBeginning.class);

  private FromTheBeginning() {}

  /**
   * Copies.
   *
   * @param size of the disk, or -1 where its end decides
   * @param copy clears what is saved of it before it throws {@link SourceChanged}
   */
  static CopyResult run(long size, Progress progress, Function<Progress, CopyResult> copy) {
    Share attempt = new Share(progress, size, size);
    try {
      return copy.apply(size < 0 ? progress : attempt);
    } catch (SourceChanged e) {
      String said = e.subject() + ": " + e.what() + ": it is copied from its beginning";
      LOG.warn("{}", said);
      return copy.apply(size < 0 ? progress : new Share(progress, size, size - attempt.told()))
          .alsoWarning(said);
    }
  }
}
