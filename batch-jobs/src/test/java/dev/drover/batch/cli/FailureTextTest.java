package dev.drover.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.ConversionFailed;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.failure.SourceFailed;
import dev.drover.mappings.failure.TargetFailed;
import dev.drover.mappings.failure.UsageFailed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {
  private final CliRun cli = new CliRun();

  static Stream<Arguments> failuresAndCodes() {
    return Stream.of(
        Arguments.of(new UsageFailed("--vm x", "no such VM", "look"), 2),
        Arguments.of(new EnvironmentFailed("qemu-img", "is missing", "install it"), 3),
        Arguments.of(new SourceFailed("vc", "is not reached", "look"), 3),
        Arguments.of(new TargetFailed("cluster", "refuses", "look"), 3),
        Arguments.of(new ConversionFailed("disk", "is torn", "copy it again"), 1),
        Arguments.of(new IllegalStateException("a bug"), 3),
        Arguments.of(new StackOverflowError(), 3));
  }

  @ParameterizedTest
  @MethodSource("failuresAndCodes")
  void everyKindOfFailureHasItsExitCode(Throwable failure, int code) {
    cli.summary =
        () -> {
          throw sneaky(failure);
        };
    assertEquals(code, cli.execute("run", "plan.yaml"), cli.err());
    assertTrue(cli.err().startsWith("error: "), cli.err());
    assertTrue(cli.err().contains("  remedy: "), cli.err());
    assertFalse(cli.err().contains("\tat "), "stack traces are for -v");
  }

  @Test
  void tellsSubjectProblemAndRemedy() {
    cli.summary =
        () -> {
          throw new SourceFailed("VM \"web\"", "is gone", "look at the source\nor wait");
        };
    cli.execute("resume");
    assertEquals(
        "error: VM \"web\": is gone\n  remedy: look at the source\n    or wait\n", cli.err());
  }

  @Test
  void namesInFailuresAreHarmless() {
    cli.summary =
        () -> {
          throw new SourceFailed("VM \u001b[1Aweb", "\u0007bell", "\u202eremedy");
        };
    cli.execute("run", "plan.yaml");
    assertEquals("error: VM \\x1b[1Aweb: \\x07bell\n  remedy: \\u202eremedy\n", cli.err());
  }

  @Test
  void showsTheStackWhereTheUserWantsIt() {
    cli.summary =
        () -> {
          throw new SourceFailed("x", "y", "z");
        };
    cli.execute("run", "-v", "plan.yaml");
    assertTrue(cli.err().contains("at dev.drover.batch.cli.FailureTextTest"), cli.err());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}
