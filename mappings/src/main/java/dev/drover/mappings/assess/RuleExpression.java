package dev.drover.mappings.assess;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import org.jspecify.annotations.Nullable;

/**
 * An expression over a VM in CEL, the language of Kubernetes' own admission rules: it has neither
 * types of Java nor loops that do not end. Its variables are in {@code docs/checks.md}.
 */
public final class RuleExpression {
  /** A rule is a line or two; the parser's own bound is far higher. */
  private static final int LONGEST = 2000;

  private static final int DEEPEST = 50;

  /** Over all macros of an expression together, for one VM. */
  private static final int MOST_ITERATIONS = 10_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .maxRegexProgramSize(1000)
          .enableTimestampEpoch(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER = compiler();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;

  private RuleExpression(CelRuntime.Program program) {
    this.program = program;
  }

  /** An expression that cannot be used; line and column count from 1 and lie inside its text. */
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String USUAL = "an expression that is true or false";

    private final String reason;
    private final String expected;
    private final @Nullable String suggestion;
    private final int line;
    private final int column;

    Invalid(String reason, int line, int column) {
      this(reason, USUAL, null, line, column);
    }

    Invalid(String reason, String expected, @Nullable String suggestion, int line, int column) {
      super(line + ":" + column + ": " + reason);
      this.reason = reason;
      this.expected = expected;
      this.suggestion = suggestion;
      this.line = line;
      this.column = column;
    }

    /** One line, without the place. */
    public String reason() {
      return reason;
    }

    /** What belongs there. */
    public String expected() {
      return expected;
    }

    /** The nearest right word, or null. */
    public @Nullable String suggestion() {
      return suggestion;
    }

    /** In the expression, from 1. */
    public int line() {
      return line;
    }

    /** In the line, from 1. */
    public int column() {
      return column;
    }
  }

  /** It failed for one VM. */
  static final class NotEvaluated extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    NotEvaluated(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /**
   * Checks an expression and makes it ready. It is tried on a VM that has one of everything, so
   * that a misspelt member of a disk is told here too.
   *
   * @throws Invalid where it cannot be parsed, speaks of what a VM does not have, or gives anything
   *     but true or false
   */
  public static RuleExpression compile(String expression) {
    if (expression.isBlank()) {
      throw new Invalid("the expression is empty", 1, 1);
    }
    if (expression.codePointCount(0, expression.length()) > LONGEST) {
      throw new Invalid("the expression is longer than " + LONGEST + " characters", 1, 1);
    }
    RuleExpression ready;
    try {
      Invalid member = RuleMembers.mistake(expression, COMPILER.parse(expression).getAst());
      if (member != null) {
        throw member;
      }
      CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
      ready = new RuleExpression(RUNTIME.createProgram(tree));
    } catch (Invalid e) {
      throw e;
    } catch (CelValidationException e) {
      throw invalid(e);
    } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
      throw new Invalid(Told.line("it cannot be used: " + e.getMessage(), 300), 1, 1);
    }
    ready.tryOut();
    return ready;
  }

  /** Whether it holds. */
  boolean test(CelVariableResolver facts) throws NotEvaluated {
    try {
      return Boolean.TRUE.equals(program.eval(facts));
    } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
      throw new NotEvaluated(Told.line(String.valueOf(e.getMessage()), 200), e);
    }
  }

  private void tryOut() {
    try {
      program.eval(RuleSpecimen.facts());
    } catch (CelEvaluationException e) {
      if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
        throw new Invalid(Told.line(String.valueOf(e.getMessage()), 300), 1, 1);
      }
    } catch (RuntimeException e) {
      throw new Invalid(Told.line("it cannot be used: " + e.getMessage(), 300), 1, 1);
    }
  }

  private static Invalid invalid(CelValidationException e) {
    for (CelIssue issue : e.getErrors()) {
      return new Invalid(
          Told.line(issue.getMessage(), 300),
          Math.max(1, issue.getSourceLocation().getLine()),
          Math.max(0, issue.getSourceLocation().getColumn()) + 1);
    }
    return new Invalid(Told.line(String.valueOf(e.getMessage()), 300), 1, 1);
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    RuleFacts.VARIABLES.forEach(v -> builder.addVar(v.name(), v.type()));
    return builder.build();
  }
}
