package dev.drover.kube.cluster;

import java.util.Optional;

/** Deletes one object and waits until it is gone. */
final class RemoveObject {
  private final Api api;
  private final LookAgain lookAgain;
  private final Patience patience;

  RemoveObject(Api api, LookAgain lookAgain, Patience patience) {
    this.api = api;
    this.lookAgain = lookAgain;
    this.patience = patience;
  }

  /** Deletes exactly this object. */
  void andWait(Kind kind, Resource object) {
    if (!object.leaving()) {
      api.delete(kind, object);
    }
    untilGone(kind, object.namespace(), object.name(), object.uid());
  }

  /**
   * Waits for it.
   *
   * @param uid of the one that is to go, empty for whichever has the name; a successor of the same
   *     name counts as gone
   */
  void untilGone(Kind kind, String namespace, String name, String uid) {
    String subject = kind.text() + " " + namespace + "/" + name;
    lookAgain.until(
        subject,
        patience.gone(),
        () -> {
          Optional<Resource> there = api.get(kind, namespace, name);
          boolean gone = there.isEmpty() || (!uid.isEmpty() && !there.get().uid().equals(uid));
          return gone ? Optional.of(true) : Optional.empty();
        },
        () -> stays(kind, namespace, name));
  }

  private String stays(Kind kind, String namespace, String name) {
    return "it is still being deleted"
        + api.get(kind, namespace, name)
            .map(o -> "; finalizers: " + o.map("metadata").getOrDefault("finalizers", "none"))
            .orElse("");
  }
}
