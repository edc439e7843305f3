package dev.drover.batch.cli;

import dev.drover.mappings.plan.CredentialsRef;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands {@code env:PREFIX}, {@code file:PATH} and {@code secret:NAMESPACE/NAME}. */
final class CredentialsArgument implements ITypeConverter<CredentialsRef> {
  @Override
  public CredentialsRef convert(String value) {
    int colon = value.indexOf(':');
    String where = value.substring(colon + 1);
    String kind = colon < 0 ? "" : value.substring(0, colon);
    if (kind.equals("env") && where.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return new CredentialsRef.Env(where);
    } else if (kind.equals("file") && !where.isBlank()) {
      return new CredentialsRef.File(where);
    } else if (kind.equals("secret") && where.matches("[a-z0-9.-]+/[a-z0-9.-]+")) {
      String[] names = where.split("/");
      return new CredentialsRef.Secret(names[0], names[1]);
    }
    // What was given is not repeated: it may be the password itself.
    throw new TypeConversionException(
        "names no place; write env:PREFIX, file:PATH or secret:NAMESPACE/NAME");
  }
}
