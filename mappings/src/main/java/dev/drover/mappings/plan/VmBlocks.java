package dev.drover.mappings.plan;

import dev.drover.mappings.model.VmRef;
import dev.drover.mappings.yaml.YamlText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in the text of a plan what stands at each VM, in the form that Drover writes: a line {@code
 * - vm: SOURCE/ID} with the rest below it. A file in which as many such lines are not found as it
 * has VMs (it was rewritten in another style) gives nothing, and neither does one that cannot be
 * read any more.
 */
final class VmBlocks {
  private static final Pattern ITEM = Pattern.compile("( *)- vm: .*");
  private static final Pattern COMMENT = Pattern.compile("( *)#.*");

  private final YamlText yaml = new YamlText();
  private final Map<VmRef, VmBlock> blocks = new HashMap<>();

  private record VmOf(VmPlan vm, String wave) {}

  static Map<VmRef, VmBlock> of(Path file, MigrationPlan plan) {
    VmBlocks found = new VmBlocks();
    List<VmOf> inPlan = new ArrayList<>();
    for (Wave wave : plan.waves()) {
      List<VmOf> vms = wave.vms().stream().map(vm -> new VmOf(vm, wave.name())).toList();
      if (wave.vmsFile() == null) {
        inPlan.addAll(vms);
      } else {
        found.read(file.resolveSibling(wave.vmsFile()), vms);
      }
    }
    found.read(file, inPlan);
    return found.blocks;
  }

  private void read(Path file, List<VmOf> vms) {
    if (vms.isEmpty()) {
      return;
    }
    Lines lines = new Lines();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.take(line);
      }
    } catch (IOException e) {
      return;
    }
    if (lines.items.size() != vms.size()) {
      return;
    }
    for (int i = 0; i < vms.size(); i++) {
      VmOf vm = vms.get(i);
      Item item = lines.items.get(i);
      if (item.lines.get(0).startsWith("- vm: " + yaml.scalar(vm.vm().ref().toString()))) {
        blocks.put(
            vm.vm().ref(), new VmBlock(vm.wave(), vm.vm().sourceName(), item.comments, item.lines));
      }
    }
  }

  private static final class Item {
    private final int indent;
    private final List<String> comments = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    Item(int indent) {
      this.indent = indent;
    }
  }

  /** Sorts lines into VMs. */
  private static final class Lines {
    private final List<Item> items = new ArrayList<>();

    /** Comments and empty lines of which it is not known yet whose they are. */
    private final List<String> open = new ArrayList<>();

    private boolean inItem;

    void take(String line) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        begin(new Item(item.group(1).length()), line);
      } else if (line.isBlank()) {
        open.add("");
      } else if (inItem && indentOf(line) > last().indent) {
        open.forEach(o -> last().lines.add(without(o, last().indent)));
        last().lines.add(without(line, last().indent));
        open.clear();
      } else if (COMMENT.matcher(line).matches()) {
        open.add(line);
      } else {
        inItem = false;
        open.clear();
      }
    }

    private void begin(Item item, String line) {
      open.forEach(o -> item.comments.add(without(o, item.indent)));
      open.clear();
      item.lines.add(without(line, item.indent));
      items.add(item);
      inItem = true;
    }

    private Item last() {
      return items.get(items.size() - 1);
    }

    private static int indentOf(String line) {
      int indent = 0;
      while (indent < line.length() && line.charAt(indent) == ' ') {
        indent++;
      }
      return indent;
    }

    private static String without(String line, int indent) {
      return line.substring(Math.min(indent, indentOf(line)));
    }
  }
}
