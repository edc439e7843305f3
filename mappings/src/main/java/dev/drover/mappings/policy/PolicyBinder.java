package dev.drover.mappings.policy;

import dev.drover.mappings.model.Disposition;
import dev.drover.mappings.model.Finding.Severity;
import dev.drover.mappings.policy.MigrationPolicy.ClassChoice;
import dev.drover.mappings.policy.MigrationPolicy.Decision;
import dev.drover.mappings.policy.MigrationPolicy.Exemption;
import dev.drover.mappings.policy.MigrationPolicy.Label;
import dev.drover.mappings.policy.MigrationPolicy.Labels;
import dev.drover.mappings.policy.MigrationPolicy.Rule;
import dev.drover.mappings.yaml.Fields;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the records of a document that holds no mistake any more, and fills the defaults in. */
final class PolicyBinder {
  private PolicyBinder() {}

  static MigrationPolicy policy(JsonNode json, String digest) {
    Fields policy = new Fields(json);
    Fields labels = policy.at("labels");
    return new MigrationPolicy(
        policy.at("metadata").required("name"),
        digest,
        policy.map("severities", s -> severity(s.asString())),
        policy.list("exceptions", PolicyBinder::exception),
        policy.list("rules", PolicyBinder::rule),
        policy.list("dispositions", PolicyBinder::decision),
        new Labels(
            label(labels, "application"), label(labels, "owner"), label(labels, "criticality")),
        policy.list(
            "storage", s -> new ClassChoice(s.required("source"), s.required("storageClass"))),
        AssumptionsBinder.sizing(policy.at("sizing")),
        AssumptionsBinder.rates(policy.at("rates")),
        WavesBinder.waves(policy.at("waves")));
  }

  private static Exemption exception(Fields exception) {
    return new Exemption(
        exception.required("code"),
        selector(exception.at("vms")),
        exception.required("reason"),
        LocalDate.parse(exception.required("expires")));
  }

  private static Rule rule(Fields rule) {
    return new Rule(
        rule.required("code"),
        severity(rule.required("severity")),
        rule.required("when"),
        rule.required("what"),
        rule.required("remedy"));
  }

  private static Decision decision(Fields decision) {
    return new Decision(
        selector(decision.at("vms")),
        Disposition.Kind.valueOf(decision.required("disposition")),
        decision.required("reason"));
  }

  private static @Nullable Label label(Fields labels, String key) {
    Fields label = labels.at(key);
    return labels.has(key) ? new Label(label.text("tag"), label.text("attribute")) : null;
  }

  static VmSelector selector(Fields vms) {
    return new VmSelector(
        vms.text("source"),
        vms.text("id"),
        vms.text("name"),
        vms.text("folder"),
        vms.text("tag"),
        vms.text("attribute"),
        vms.text("notes"),
        vms.text("cluster"),
        vms.text("datacenter"));
  }

  private static Severity severity(String word) {
    return Severity.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
