package dev.drover.mappings.assess;

import dev.cel.runtime.CelVariableResolver;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.policy.MigrationPolicy.Rule;
import java.util.List;

/** The checks of a policy's own. */
final class CustomRules {
  private record Ready(Rule rule, RuleExpression when) {}

  private final List<Ready> rules;

  /**
   * Makes them ready.
   *
   * @throws RuleExpression.Invalid for a rule that the policy reader should have refused
   */
  CustomRules(List<Rule> rules) {
    this.rules = rules.stream().map(r -> new Ready(r, RuleExpression.compile(r.when()))).toList();
  }

  /** A rule that fails for a VM is told there, and holds nobody up. */
  void look(Subject subject, Told told) {
    if (rules.isEmpty()) {
      return;
    }
    CelVariableResolver facts = RuleFacts.of(subject);
    for (Ready ready : rules) {
      Rule rule = ready.rule();
      try {
        if (ready.when().test(facts)) {
          told.add(new Finding(rule.code(), rule.severity(), rule.what(), rule.remedy(), ""));
        }
      } catch (RuleExpression.NotEvaluated e) {
        told.add(CheckCatalogue.NOT_EVALUATED.seenAt(rule.code(), e.reason()));
      }
    }
  }
}
