package dev.drover.kube.manifest;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Writes manifests as YAML: block style, two spaces, keys in the order of the map, no aliases. A
 * string stands without quotes only where YAML 1.1 and 1.2 both read it as a string, since
 * kubectl's parser is of 1.1, where {@code on} is a boolean and a MAC a number in base 60.
 */
public final class ManifestYaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndent(2)
          .setIndicatorIndent(0)
          .setSplitLines(false)
          .setDereferenceAliases(true)
          .build();

  private ManifestYaml() {}

  /** One document, without a marker at its start; ends with a line feed. */
  public static String write(Manifest manifest) {
    return write(manifest.body());
  }

  /** Documents, with {@code ---} between them. */
  public static String write(Collection<Manifest> manifests) {
    return manifests.stream().map(ManifestYaml::write).collect(Collectors.joining("---\n"));
  }

  /** Any tree of maps, lists, strings, numbers and booleans. */
  public static String write(Map<String, ?> body) {
    return new Dump(SETTINGS, new Strings(SETTINGS)).dumpToString(body);
  }

  private static boolean plain(String text) {
    return PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  private static final class Strings extends StandardRepresenter {
    Strings(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class,
          data -> {
            String text = (String) data;
            return representScalar(
                Tag.STR, text, plain(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
          });
    }
  }
}
