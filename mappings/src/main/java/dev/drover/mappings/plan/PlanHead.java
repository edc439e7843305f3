package dev.drover.mappings.plan;

import dev.drover.mappings.model.DnsLabel;
import dev.drover.mappings.yaml.YamlText;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;

/** Writes what stands before the waves of a first plan, with comments that say what to change. */
final class PlanHead {
  /** Sources that are files: nothing but a path and options. */
  private static final Set<String> FILES = Set.of("ova", "rvtools");

  private final YamlText yaml = new YamlText();
  private final StringBuilder out = new StringBuilder();

  static String of(
      String name,
      Iterable<SourceSpec> sources,
      TargetSpec target,
      Iterable<NetworkGuess.Line> networks,
      SortedSet<String> datastores) {
    PlanHead head = new PlanHead();
    head.title(name);
    head.sources(sources);
    head.target(target);
    head.networks(networks);
    head.storage(datastores);
    head.rest();
    return head.out.toString();
  }

  private void title(String name) {
    out.append(
        """
        # yaml-language-server: $schema=plan.schema.json
        # Editors check and complete this file with the schema that the line above names. Make it once:
        #   drover schema plan > plan.schema.json
        #
        # A first plan. Read it, change it, keep it in git; then:
        #   drover validate FILE         finds every mistake in it
        #   drover run FILE --dry-run    says what would be done
        #   drover run FILE
        apiVersion: drover.dev/v1alpha1
        kind: MigrationPlan
        metadata:
        """);
    line("  name: " + yaml.scalar(DnsLabel.of(name)));
  }

  private void sources(Iterable<SourceSpec> sources) {
    line("");
    line("# Where the VMs are now. No user or password belongs here, only where they are found:");
    line("# credentials: {env: PREFIX}, {file: PATH} or {secret: {namespace: NS, name: NAME}}");
    line("sources:");
    for (SourceSpec source : sources) {
      line("  - name: " + yaml.scalar(source.name()));
      boolean bare = source.credentials() == null && source.tls() == null;
      if (FILES.contains(source.type()) && bare) {
        line("    " + source.type() + ":");
        line("      path: " + yaml.scalar(source.location()));
      } else if (source.type().equals("vsphere")) {
        line("    vsphere:");
        line("      url: " + yaml.scalar(source.location()));
      } else {
        line("    custom:");
        line("      type: " + yaml.scalar(source.type()));
        line("      location: " + yaml.scalar(source.location()));
      }
      access(source);
    }
  }

  private void access(SourceSpec source) {
    CredentialsRef credentials = source.credentials();
    if (credentials != null) {
      line("      credentials: " + credentials(credentials));
    } else if (source.type().equals("vsphere")) {
      String prefix = source.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
      String variable = prefix.matches("[0-9].*") ? "_" + prefix : prefix;
      line("      credentials: {env: " + variable + "}   # " + variable + "_USERNAME, _PASSWORD");
    }
    SourceSpec.Tls tls = source.tls();
    if (tls != null) {
      line("      tls:" + (tls.equals(new SourceSpec.Tls(null, null, false)) ? " {}" : ""));
      optional("        thumbprint: ", tls.thumbprint());
      optional("        caFile: ", tls.caFile());
      if (tls.insecure()) {
        line("        insecure: true   # anybody who answers is trusted");
      }
    }
    if (!source.options().isEmpty()) {
      line("      options: " + yaml.map(source.options()));
    }
  }

  private String credentials(CredentialsRef credentials) {
    if (credentials instanceof CredentialsRef.Env env) {
      return "{env: " + yaml.scalar(env.prefix()) + "}";
    } else if (credentials instanceof CredentialsRef.File file) {
      return "{file: " + yaml.scalar(file.path()) + "}";
    }
    CredentialsRef.Secret secret = (CredentialsRef.Secret) credentials;
    return "{secret: {namespace: "
        + yaml.scalar(secret.namespace())
        + ", name: "
        + yaml.scalar(secret.name())
        + "}}";
  }

  private void target(TargetSpec target) {
    line("");
    line("# Where they go. A directory gets disks, manifests and evidence; for a cluster write");
    line("# kubernetes: {context: NAME} instead.");
    line("target:");
    if (target instanceof TargetSpec.Directory directory) {
      line("  directory:");
      line("    path: " + yaml.scalar(directory.path()));
      return;
    }
    TargetSpec.Kubernetes cluster = (TargetSpec.Kubernetes) target;
    String user = cluster.impersonateUser();
    boolean empty = cluster.kubeconfig() == null && cluster.context() == null && user == null;
    line("  kubernetes:" + (empty ? " {}" : ""));
    optional("    kubeconfig: ", cluster.kubeconfig());
    optional("    context: ", cluster.context());
    if (user != null) {
      line("    impersonate:");
      line("      user: " + yaml.scalar(user));
      if (!cluster.impersonateGroups().isEmpty()) {
        line("      groups:");
        cluster.impersonateGroups().forEach(g -> line("        - " + yaml.scalar(g)));
      }
    }
  }

  private void networks(Iterable<NetworkGuess.Line> networks) {
    line("");
    line(
        "# What becomes of a NIC, by its network at the source; the first line that matches wins,");
    line("# and * stands for any run of characters. One of:");
    line("#   pod: {}                              the pod network; a VM can have it once");
    line("#   multus: {namespace: NS, name: NAME}  a NetworkAttachmentDefinition of the cluster");
    line("#   ignore: true                         the NIC is left out");
    line("networks:" + (networks.iterator().hasNext() ? "" : " []"));
    for (NetworkGuess.Line network : networks) {
      int nics = network.nics();
      line("  - source: " + yaml.scalar(network.network()));
      if (network.pod()) {
        line("    pod: {}   # " + nics + (nics == 1 ? " NIC" : " NICs"));
      } else {
        line(
            "    # CHANGE ME: VMs with a NIC here have the pod network already, or two NICs here.");
        line(
            "    # Name a NetworkAttachmentDefinition that the cluster has, or write ignore: true.");
        line(
            "    multus: {namespace: default, name: "
                + yaml.scalar(DnsLabel.of(network.network()))
                + "}   # "
                + nics
                + (nics == 1 ? " NIC" : " NICs"));
      }
    }
  }

  private void storage(SortedSet<String> datastores) {
    line("");
    line(
        "# Where a disk goes, by its datastore at the source; * alone is also for disks without one.");
    line("#   storageClass: NAME         left out: the cluster's default");
    line("#   accessMode: ReadWriteMany  left out: what CDI knows of the class");
    line("#   volumeMode: Block          left out: what CDI knows of the class");
    line("#   format: qcow2              for a directory; with compress: true smaller and slower");
    line("storage:");
    datastores.stream().filter(d -> !d.contains("*")).forEach(this::store);
    datastores.stream().filter(d -> d.contains("*") && !d.equals("*")).forEach(this::store);
    store("*");
  }

  private void store(String datastore) {
    line("  - source: " + yaml.scalar(datastore));
    line("    format: raw");
  }

  private void rest() {
    out.append(
        """

        # Put before and behind every name; what Kubernetes does not take in a name becomes a dash.
        naming:
          prefix: ""
          suffix: ""

        # What holds for every VM; each of these can be said at one VM, too.
        defaults:
          namespace: default
          power: asSource             # or running, stopped
          # source:                   # what may be done to a VM that runs at the source
          #   whenRunning: shutDown   # left out: refuse; or powerOff, or snapshot for a rehearsal
          #   within: 10m
          guestConversion: none       # auto, drivers put into the guest, is refused in this version
          # diskBus: virtio           # left out: virtio where the guest has the driver, else sata
          # nicModel: virtio          # left out: the same, else e1000e
          # instanceType: u1.medium   # left out: CPU and memory as at the source
          # preference: rhel.9
          # machineType: q35
          # firmware: efi             # left out: as at the source; or bios, and secureBoot: true
          # timezone: Europe/Berlin   # left out: a guest whose clock shows local time gets UTC
          # labels: {team: web}
          # annotations: {}

        # Failures that may pass by themselves; the delay doubles each time.
        retry:
          attempts: 3
          delay: 5s

        # Programs to run, without a shell: beforeWave, afterWave, beforeVm, afterVm, beforeCutover,
        # afterCutover. For example:
        # hooks:
        #   beforeWave:
        #     - argv: [./notify, start]
        #       timeout: 30s

        # VMs that move together, wave after wave.
        waves:
        """);
  }

  private void optional(String key, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      line(key + yaml.scalar(value));
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
