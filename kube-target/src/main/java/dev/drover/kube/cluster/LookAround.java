package dev.drover.kube.cluster;

import dev.drover.mappings.profile.TargetProfile.Unseen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at a cluster for its profile, and keeps in mind what it was not shown. */
final class LookAround {
  private final Api api;
  private final Set<Unseen> unseen = new LinkedHashSet<>();

  LookAround(Api api) {
    this.api = api;
  }

  /** What was not shown so far. */
  List<Unseen> unseen() {
    return new ArrayList<>(unseen);
  }

  /** Says that something cannot be seen. */
  void miss(String what, String permission) {
    unseen.add(new Unseen(what, permission));
  }

  /**
   * All objects of a kind in the whole cluster. A kind that the cluster does not know has none;
   * empty where they are not shown.
   *
   * @param what they would tell, for people
   */
  Optional<List<Resource>> list(Kind kind, String what) {
    return look(what, () -> served(kind)).map(all -> all.orElse(List.of()));
  }

  /** The same; a kind that the cluster does not know is not shown either, since that is missing. */
  Optional<List<Resource>> listOf(Kind kind, String what, String component) {
    Optional<Optional<List<Resource>>> seen = look(what, () -> served(kind));
    if (seen.isPresent() && seen.get().isEmpty()) {
      miss(what, "none: the cluster has no " + component + " (API " + kind.apiVersion() + ")");
    }
    return seen.flatMap(all -> all);
  }

  /** Looks; only what the user may not see is missed, everything else is thrown. */
  <T> Optional<T> look(String what, Supplier<T> ask) {
    Seen<T> seen = Seen.look(ask);
    if (seen instanceof Seen.Hidden<T> hidden) {
      miss(what, hidden.permission());
    }
    return seen.answer();
  }

  /** Empty where the cluster does not know the kind. */
  private Optional<List<Resource>> served(Kind kind) {
    try {
      return Optional.of(api.list(kind, null, ""));
    } catch (ApiRefused e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
