package dev.drover.batch.cli;

import dev.drover.mappings.plan.TargetSpec;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands {@code directory:PATH} and {@code kubernetes[:CONTEXT]}. */
final class TargetArgument implements ITypeConverter<TargetSpec> {
  private static final String DIRECTORY = "directory:";
  private static final String KUBERNETES = "kubernetes";

  @Override
  public TargetSpec convert(String value) {
    if (value.startsWith(DIRECTORY) && value.length() > DIRECTORY.length()) {
      return new TargetSpec.Directory(value.substring(DIRECTORY.length()));
    }
    if (value.equals(KUBERNETES)) {
      return new TargetSpec.Kubernetes(null, null, null, List.of());
    }
    if (value.startsWith(KUBERNETES + ":") && value.length() > KUBERNETES.length() + 1) {
      return new TargetSpec.Kubernetes(
          null, value.substring(KUBERNETES.length() + 1), null, List.of());
    }
    throw new TypeConversionException(
        "\"" + value + "\" is no target; write directory:PATH, kubernetes or kubernetes:CONTEXT");
  }
}
