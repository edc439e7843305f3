package dev.drover.batch.cli;

import dev.drover.mappings.plan.SourceSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Understands {@code [NAME=]TYPE:LOCATION}. */
final class SourceArgument implements ITypeConverter<SourceSpec> {
  private static final Pattern FORM =
      Pattern.compile("(?:([A-Za-z0-9][A-Za-z0-9._-]*)=)?([a-z][a-z0-9]*):(.+)", Pattern.DOTALL);

  @Override
  public SourceSpec convert(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new TypeConversionException(
          "\""
              + value
              + "\" is no source; write TYPE:LOCATION as in ova:./appliances,"
              + " or NAME=TYPE:LOCATION to name it");
    }
    String type = form.group(2);
    String location = form.group(3);
    String name = form.group(1);
    return SourceSpec.of(name == null ? defaultName(type, location) : name, type, location);
  }

  /** The type and the host or last element of the location: {@code ova-appliances}. */
  private static String defaultName(String type, String location) {
    String path = location;
    try {
      if (!location.contains("://")) {
        path = Path.of(location).toAbsolutePath().normalize().toString();
      }
    } catch (InvalidPathException e) {
      // The importer will say what is wrong with it.
    }
    // Of a URL the host: all end in /sdk.
    String last =
        location.contains("://")
            ? location.replaceFirst("^[^:]*://(?:[^/?#]*@)?([^/?#:]*).*", "$1")
            : path.replaceAll("[/\\\\]+$", "").replaceAll(".*[/\\\\]", "");
    String word =
        last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return word.isEmpty() ? type : type + "-" + word;
  }
}
