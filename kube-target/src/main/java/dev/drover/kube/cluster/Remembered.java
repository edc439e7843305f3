package dev.drover.kube.cluster;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers that hold for a while, so that a thousand VMs do not ask the same. While one thread asks
 * for a key, the others wait for its answer; a failure is not kept.
 */
final class Remembered<K, V> {
  private final Duration validity;
  private final Function<K, V> ask;
  private final ConcurrentHashMap<K, Answer<V>> answers = new ConcurrentHashMap<>();

  private record Answer<V>(V value, long nanos) {}

  Remembered(Duration validity, Function<K, V> ask) {
    this.validity = validity;
    this.ask = ask;
  }

  V get(K key) {
    Answer<V> answer =
        answers.compute(
            key,
            (k, old) ->
                old != null && System.nanoTime() - old.nanos() < validity.toNanos()
                    ? old
                    : new Answer<>(ask.apply(k), System.nanoTime()));
    return answer.value();
  }
}
