package dev.drover.kube.cluster;

import java.math.BigDecimal;

/**
 * What a pod takes of its node, as the scheduler counts it: its containers together, or its largest
 * init container, where that is more; init containers that go on running count as containers.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/">Kubernetes</a>
 */
final class PodRequests {
  private PodRequests() {}

  static BigDecimal of(Resource pod, String resource) {
    BigDecimal running = BigDecimal.ZERO;
    BigDecimal largest = BigDecimal.ZERO;
    for (Resource init : pod.list("spec", "initContainers")) {
      if (init.text("restartPolicy").equals("Always")) {
        running = running.add(init.amount("resources", "requests", resource));
        largest = largest.max(running);
      } else {
        largest = largest.max(running.add(init.amount("resources", "requests", resource)));
      }
    }
    for (Resource container : pod.list("spec", "containers")) {
      running = running.add(container.amount("resources", "requests", resource));
    }
    return running.max(largest).add(pod.amount("spec", "overhead", resource));
  }
}
