package dev.drover.mappings.yaml;

import dev.drover.mappings.yaml.YamlNode.Entry;
import dev.drover.mappings.yaml.YamlNode.Kind;
import dev.drover.mappings.yaml.YamlNode.Mapping;
import dev.drover.mappings.yaml.YamlNode.Scalar;
import dev.drover.mappings.yaml.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the tree of one YAML document. It takes less than YAML allows: no anchors and aliases
 * (which can grow a page to gigabytes), no tags, no second document, text as keys, bounded depth
 * and length. Neither depth nor size of the file costs stack.
 */
public final class YamlTree {
  /** A plan is seven deep. */
  private static final int DEEPEST = 32;

  /** Kubernetes and file systems end long before. */
  public static final int LONGEST_TEXT = 8192;

  private static final int LONGEST_KEY = 1024;

  /** No number of a plan is longer; a longer one stays text. */
  private static final int LONGEST_NUMBER = 30;

  private static final int SHORTEST_READING = 1024;

  /** A sixteenth of the largest file: its buffer stays small, and so do the copies' number. */
  private static final int LONGEST_READING = 4 << 20;

  private final Dialect dialect;
  private final Problems problems;
  private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
  private final Deque<Frame> open = new ArrayDeque<>();
  private @Nullable YamlNode root;

  private YamlTree(Dialect dialect, Problems problems) {
    this.dialect = dialect;
    this.problems = problems;
  }

  /** The document, or null where there is none or its syntax is broken; problems then say why. */
  static @Nullable YamlNode parse(String text, Dialect dialect, Problems problems) {
    YamlTree tree = new YamlTree(dialect, problems);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(readAtOnce(text))
            .setUseMarks(true)
            .build();
    try {
      int documents = 0;
      for (Event event : new Parse(settings).parseString(text)) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
          Mark mark = mark(event.getStartMark());
          problems.add(
              mark.getLine() + 1,
              1,
              "",
              "a second document begins",
              "one " + dialect.kind() + " a file, without ---");
          return null;
        }
        if (!tree.take(event)) {
          return null;
        }
      }
    } catch (MarkedYamlEngineException e) {
      tree.report(e);
      return null;
    } catch (YamlEngineException e) {
      problems.add(1, 1, "", "this is no YAML: " + e.getMessage(), "YAML");
      return null;
    }
    if (tree.root == null) {
      problems.add(1, 1, "", "the file is empty", "a " + dialect.kind() + "; " + dialect.advice());
    }
    return tree.root;
  }

  /**
   * Characters that the scanner reads at once: the longest line. While it looks for the end of one
   * it copies what it has with each reading, so that small readings of a long line are quadratic.
   */
  private static int readAtOnce(String text) {
    int longest = SHORTEST_READING;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      longest = Math.max(longest, end - start);
      start = end + 1;
    }
    return Math.min(LONGEST_READING, Math.max(longest, text.length() - start));
  }

  private void report(MarkedYamlEngineException e) {
    Mark mark = mark(e.getProblemMark().or(e::getContextMark));
    String problem = e.getProblem() == null ? "broken syntax" : e.getProblem();
    boolean tab = problem.contains("\\t") || problem.contains("TAB");
    String context = e.getContext() == null ? "" : " " + e.getContext();
    problems.add(
        mark.getLine() + 1,
        mark.getColumn() + 1,
        "",
        tab ? "a tab stands where only spaces may" : "this is no YAML: " + problem + context,
        tab ? "spaces for indentation" : "YAML; look at the line above, too");
  }

  /** False ends the reading: what follows cannot be understood. */
  private boolean take(Event event) {
    if (event instanceof AliasEvent) {
      refuse(event, "an alias (*)", "the value itself, written out");
      put(new Scalar("", Kind.NULL, line(event), column(event)));
    } else if (event instanceof ScalarEvent scalar) {
      refuseDecoration(scalar, scalar.getTag());
      put(scalar(scalar));
    } else if (event instanceof CollectionStartEvent start) {
      refuseDecoration(start, start.getTag());
      if (open.size() >= DEEPEST) {
        refuse(event, "nesting deeper than " + DEEPEST, "a " + dialect.kind());
        return false;
      }
      open.push(new Frame(start instanceof MappingStartEvent, line(event), column(event)));
    } else if (event instanceof CollectionEndEvent) {
      put(open.pop().node());
    }
    return true;
  }

  private void put(YamlNode node) {
    Frame frame = open.peek();
    if (frame == null) {
      root = node;
    } else if (frame.sequence != null) {
      frame.sequence.add(node);
    } else if (frame.key == null) {
      frame.key = node;
    } else {
      YamlNode key = frame.key;
      frame.key = null;
      put(frame, key, node);
    }
  }

  private void put(Frame frame, YamlNode key, YamlNode value) {
    if (!(key instanceof Scalar scalar) || scalar.text().length() > LONGEST_KEY) {
      problems.add(key, "", "a list, a map or a very long text is a key", "a word", null);
      return;
    }
    Entry first =
        frame.mapping.putIfAbsent(scalar.text(), new Entry(value, key.line(), key.column()));
    if (first != null) {
      problems.add(
          key,
          "",
          "the key "
              + Shown.of(scalar.text())
              + " is there twice, first in line "
              + first.keyLine(),
          "each key once",
          null);
    }
  }

  private Scalar scalar(ScalarEvent event) {
    String text = event.getValue();
    if (text.length() > LONGEST_TEXT) {
      refuse(event, "a text of " + text.length() + " characters", "at most " + LONGEST_TEXT);
      text = text.substring(0, LONGEST_TEXT);
    }
    return new Scalar(text, kind(text, event.isPlain()), line(event), column(event));
  }

  private Kind kind(String text, boolean plain) {
    if (!plain || text.length() > LONGEST_NUMBER) {
      return Kind.TEXT;
    }
    Tag tag = resolver.resolve(text, true);
    if (Tag.INT.equals(tag)) {
      return Kind.INTEGER;
    } else if (Tag.FLOAT.equals(tag)) {
      return Kind.DECIMAL;
    } else if (Tag.BOOL.equals(tag)) {
      return Kind.BOOLEAN;
    }
    return Tag.NULL.equals(tag) ? Kind.NULL : Kind.TEXT;
  }

  private void refuseDecoration(NodeEvent event, Optional<String> tag) {
    if (event.getAnchor().isPresent()) {
      refuse(event, "an anchor (&)", "none; write the value out where it is used");
    }
    if (tag.isPresent()) {
      refuse(event, "a tag (!)", "none; put text in quotes");
    }
  }

  private void refuse(Event event, String what, String expected) {
    problems.add(line(event), column(event), "", what + " stands here", expected);
  }

  private static int line(Event event) {
    return mark(event.getStartMark()).getLine() + 1;
  }

  private static int column(Event event) {
    return mark(event.getStartMark()).getColumn() + 1;
  }

  private static Mark mark(Optional<Mark> mark) {
    return mark.orElseGet(() -> new Mark("", 0, 0, 0, new int[0], 0));
  }

  /** A collection that is not closed yet. */
  private static final class Frame {
    final @Nullable List<YamlNode> sequence;
    final Map<String, Entry> mapping = new LinkedHashMap<>();
    final int line;
    final int column;
    @Nullable YamlNode key;

    Frame(boolean isMapping, int line, int column) {
      sequence = isMapping ? null : new ArrayList<>();
      this.line = line;
      this.column = column;
    }

    YamlNode node() {
      return sequence != null
          ? new Sequence(sequence, line, column)
          : new Mapping(mapping, line, column);
    }
  }
}
