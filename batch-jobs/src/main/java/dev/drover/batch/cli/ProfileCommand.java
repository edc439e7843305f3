package dev.drover.batch.cli;

import dev.drover.batch.cli.terminal.Figures;
import dev.drover.batch.cli.terminal.SafeText;
import dev.drover.kube.TargetProfiles;
import dev.drover.mappings.failure.UsageFailed;
import dev.drover.mappings.plan.TargetSpec;
import dev.drover.mappings.profile.ProfileWriter;
import dev.drover.mappings.profile.TargetProfile;
import dev.drover.mappings.profile.TargetProfile.Unseen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "profile",
    description = {
      "Looks at a cluster and writes down what it can do: storage classes, networks, nodes.",
      "Nothing is changed there. What you are not allowed to see is said with the permission that"
          + " would show it; the file can be corrected by hand."
    },
    footer = {
      "Examples:",
      "  drover profile --target kubernetes -o target.yaml",
      "  drover profile --target kubernetes:production -o -"
    })
final class ProfileCommand implements Runnable {
  private static final String STDOUT = "-";
  private static final String JSON = "json";

  private final Session session;
  private final Function<TargetSpec, TargetProfile> read;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      converter = TargetArgument.class,
      description =
          "The cluster: kubernetes (the current context of your kubeconfig) or"
              + " kubernetes:CONTEXT.")
  private @Nullable TargetSpec target;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context of the kubeconfig, as in kubernetes:NAME.")
  private @Nullable String context;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "target.yaml",
      description =
          "The profile's file; - prints it, json prints it as JSON (a file of that name is"
              + " ./json). Default: ${DEFAULT-VALUE}.")
  private String output = "target.yaml";

  @Option(names = "--force", description = "Replace a profile that is there.")
  private boolean force;

  ProfileCommand(Session session) {
    this(session, TargetProfiles::read);
  }

  /**
   * @param read what looks at the target
   */
  ProfileCommand(Session session, Function<TargetSpec, TargetProfile> read) {
    this.session = session;
    this.read = read;
  }

  @Override
  public void run() {
    boolean printed = output.equals(STDOUT) || output.equals(JSON);
    if (!printed && !force && Files.exists(Path.of(output))) {
      throw OutputFiles.exists(Path.of(output));
    }
    TargetProfile profile = read.apply(spec());
    if (output.equals(JSON)) {
      JsonOutput.print(session.terminal(), ProfileWriter.json(profile));
    } else if (output.equals(STDOUT)) {
      session.terminal().out().print(ProfileWriter.yaml(profile));
    } else {
      write(profile, Path.of(output));
    }
    profile.unseen().forEach(this::tell);
  }

  private TargetSpec spec() {
    TargetSpec where = target;
    if (where == null) {
      throw new IllegalStateException("picocli lets nothing through without a target");
    }
    if (context == null || !(where instanceof TargetSpec.Kubernetes cluster)) {
      return where;
    }
    if (cluster.context() != null && !cluster.context().equals(context)) {
      throw new UsageFailed(
          "--context " + context,
          "--target names another context, " + cluster.context(),
          "give one of the two");
    }
    return new TargetSpec.Kubernetes(null, context, null, List.of());
  }

  private void write(TargetProfile profile, Path file) {
    new OutputFiles("profile", file, Set.of(), true)
        .write((to, beside) -> to.write(ProfileWriter.yaml(profile)));
    session
        .terminal()
        .out()
        .println(
            "wrote "
                + SafeText.line(file.toString())
                + ": "
                + seen(profile.storageClasses(), "storage class", "storage classes")
                + ", "
                + nodes(profile)
                + ", "
                + seen(profile.networks(), "network", "networks"));
  }

  static String seen(@Nullable List<?> list, String one, String many) {
    return list == null
        ? many + " not seen"
        : list.size() == 1 ? "1 " + one : list.size() + " " + many;
  }

  static String nodes(TargetProfile profile) {
    List<TargetProfile.NodeGroup> groups = profile.nodes();
    return groups == null
        ? "nodes not seen"
        : Figures.count(groups.stream().mapToLong(TargetProfile.NodeGroup::count).sum(), "node");
  }

  private void tell(Unseen unseen) {
    FailureText text = new FailureText(session);
    if (unseen.permission().startsWith("none: ")) {
      text.warning("not seen: " + unseen.what(), unseen.permission().substring("none: ".length()));
    } else {
      text.warning(
          "not seen: " + unseen.what(),
          "have an administrator of the cluster allow you to " + unseen.permission());
    }
  }
}
