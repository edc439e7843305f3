package dev.drover.kube.cluster;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a look at the cluster gave: an answer, or the permission that was lacking for it. */
sealed interface Seen<T> {
  /** An answer. */
  record Known<T>(T value) implements Seen<T> {}

  /**
   * None.
   *
   * @param permission what would have to be allowed: {@code list nodes}
   */
  record Hidden<T>(String permission) implements Seen<T> {}

  /** Looks; only a 403 hides, everything else is thrown. */
  static <T> Seen<T> look(Supplier<T> look) {
    try {
      return new Known<>(look.get());
    } catch (ApiRefused e) {
      if (e.code() == 403) {
        return new Hidden<>(e.request());
      }
      throw e;
    }
  }

  /** The answer, if there is one. */
  default Optional<T> answer() {
    return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
  }

  /** The same look, read otherwise. */
  default <R> Seen<R> map(Function<T, R> read) {
    if (this instanceof Known<T> known) {
      return new Known<>(read.apply(known.value()));
    }
    return new Hidden<>(((Hidden<T>) this).permission());
  }
}
