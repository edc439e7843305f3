package dev.drover.kube.cluster;

import dev.drover.mappings.model.Finding;
import dev.drover.mappings.target.TargetVm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The user of the kubeconfig may do what a move does. */
final class PermissionsCheck implements PreflightCheck {
  private static final Duration VALIDITY = Duration.ofMinutes(2);

  /** Everything that the verbs of {@link ClusterTarget} do; what is only looked at warns later. */
  private static final Map<Kind, List<String>> NEEDED = needed();

  private final Remembered<String, List<Finding>> missing;

  PermissionsCheck(Api api) {
    this.missing = new Remembered<>(VALIDITY, namespace -> ask(api, namespace));
  }

  private static Map<Kind, List<String>> needed() {
    Map<Kind, List<String>> needed = new LinkedHashMap<>();
    needed.put(Kind.VIRTUAL_MACHINE, List.of("get", "list", "create", "patch", "delete"));
    needed.put(Kind.DATA_VOLUME, List.of("get", "list", "create", "patch", "delete"));
    needed.put(Kind.CLAIM, List.of("get", "list", "delete"));
    needed.put(Kind.UPLOAD_TOKEN, List.of("create"));
    needed.put(Kind.CDI_CONFIG, List.of("get"));
    return needed;
  }

  @Override
  public List<Finding> check(TargetVm vm) {
    return missing.get(vm.namespace());
  }

  private static List<Finding> ask(Api api, String namespace) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Kind, List<String>> need : NEEDED.entrySet()) {
      List<String> refused = new ArrayList<>();
      for (String verb : need.getValue()) {
        Seen<Boolean> allowed = Seen.look(() -> allowed(api, need.getKey(), verb, namespace));
        if (allowed.answer().isEmpty()) {
          return List.of(PreflightCheck.hidden(allowed, "the permissions suffice"));
        }
        if (!allowed.answer().get()) {
          refused.add(verb);
        }
      }
      if (!refused.isEmpty()) {
        findings.add(finding(need.getKey(), refused, namespace));
      }
    }
    return List.copyOf(findings);
  }

  private static boolean allowed(Api api, Kind kind, String verb, String namespace) {
    Map<String, Object> attributes =
        Map.of(
            "namespace",
            kind.namespaced() ? namespace : "",
            "verb",
            verb,
            "group",
            kind.group(),
            "resource",
            kind.plural());
    Map<String, Object> review =
        Map.of(
            "apiVersion",
            Kind.ACCESS_REVIEW.apiVersion(),
            "kind",
            Kind.ACCESS_REVIEW.text(),
            "spec",
            Map.of("resourceAttributes", attributes));
    return api.create(Kind.ACCESS_REVIEW, "", review).text("status", "allowed").equals("true");
  }

  private static Finding finding(Kind kind, List<String> verbs, String namespace) {
    String where = kind.namespaced() ? " in namespace \"" + namespace + "\"" : "";
    String words = String.join(", ", verbs);
    return Finding.blocker(
        "K8S-010",
        "the user of the kubeconfig may not " + words + " " + kind.resource() + where,
        grant(kind, namespace));
  }

  /**
   * A command for somebody who may grant it. KubeVirt and CDI add what they define to the cluster
   * role "edit", and CDI lets everybody read its configuration by a role of its own.
   */
  private static String grant(Kind kind, String namespace) {
    String command =
        kind.namespaced()
            ? "kubectl create rolebinding drover -n " + namespace + " --clusterrole=edit"
            : "kubectl create clusterrolebinding drover"
                + " --clusterrole=cdi.kubevirt.io:config-reader";
    return "have an administrator of the cluster type this, NAME being what \"kubectl auth whoami\""
        + " calls you: "
        + command
        + " --user=NAME";
  }
}
