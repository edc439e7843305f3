package dev.drover.kube.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Plays CDI's and KubeVirt's controllers: takes objects through their phases, one at a time. */
final class Controllers implements AutoCloseable {
  private final Store store;
  private final Faults faults;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "stand-in-controllers");
            daemon.setDaemon(true);
            return daemon;
          });

  Controllers(Store store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  /** Something was written. */
  void written(Route route) {
    try {
      thread.execute(
          () -> {
            if (route.plural().equals("datavolumes")) {
              volume(route);
            } else if (route.plural().equals("virtualmachines")) {
              machine(route);
            }
          });
    } catch (RejectedExecutionException e) {
      // The stand-in is being closed.
    }
  }

  /** The bytes of an upload have all come. */
  void uploaded(String path) {
    phase(path, "Succeeded", "True", "", "");
  }

  private void volume(Route route) {
    Optional<Map<String, Object>> volume = store.get(route.path());
    if (volume.isEmpty()
        || !List.of("", "Pending").contains(Json.text(volume.get(), "status", "phase"))) {
      return;
    }
    phase(route.path(), "Pending", "False", "", "");
    Optional<List<String>> held = faults.held(route.name());
    if (held.isPresent()) {
      phase(route.path(), "Pending", "False", held.get().get(0), held.get().get(1));
      return;
    }
    claim(route, volume.get());
    phase(route.path(), "UploadScheduled", "False", "", "");
    if (faults.fails(route.name())) {
      phase(route.path(), "Failed", "False", "Error", "the upload pod did not start");
    } else {
      phase(route.path(), "UploadReady", "False", "", "");
    }
  }

  private void claim(Route route, Map<String, Object> volume) {
    Map<String, Object> owner =
        Map.of(
            "apiVersion",
            "cdi.kubevirt.io/v1beta1",
            "kind",
            "DataVolume",
            "name",
            route.name(),
            "uid",
            Json.text(volume, "metadata", "uid"));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", route.name());
    metadata.put("namespace", route.namespace());
    metadata.put("labels", Json.object(Json.at(volume, "metadata", "labels")));
    metadata.put("ownerReferences", List.of(owner));
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("apiVersion", "v1");
    claim.put("kind", "PersistentVolumeClaim");
    claim.put("metadata", metadata);
    claim.put("spec", Json.object(Json.at(volume, "spec", "storage")));
    String collection = Route.collection("v1", route.namespace(), "persistentvolumeclaims");
    store.delete(collection + "/" + route.name());
    store.create(collection, claim);
  }

  private void phase(String path, String phase, String ready, String reason, String message) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", "Ready");
    condition.put("status", ready);
    condition.put("reason", reason);
    condition.put("message", message);
    store.merge(path, Map.of("status", Map.of("phase", phase, "conditions", List.of(condition))));
  }

  private void machine(Route route) {
    Optional<Map<String, Object>> machine = store.get(route.path());
    if (machine.isEmpty()) {
      return;
    }
    String broken = Json.text(machine.get(), "metadata", "annotations", "stand-in/status");
    boolean runs = Json.text(machine.get(), "spec", "runStrategy").equals("Always");
    String status = !runs ? "Stopped" : broken.isEmpty() ? "Running" : broken;
    boolean ready = status.equals("Running");
    Map<String, Object> condition =
        Map.of(
            "type",
            "Ready",
            "status",
            ready ? "True" : "False",
            "message",
            ready ? "" : "the machine is " + status);
    store.merge(
        route.path(),
        Map.of(
            "status",
            Map.of("printableStatus", status, "ready", ready, "conditions", List.of(condition))));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
