package dev.drover.batch.report;

import dev.drover.mappings.assess.Complexity;
import dev.drover.mappings.assess.StorageNeed;
import dev.drover.mappings.assess.VmAssessment;
import dev.drover.mappings.model.ByteSize;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.VmFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of VMs as the page keeps it: a compressed column a fact. Texts that repeat are numbers
 * into a dictionary, the column {@code NAME} with its dictionary {@code NAME.words}. What a VM has
 * several of is one flat column {@code NAME}, with {@code NAME.count} a VM. {@code table.js} reads
 * it. Holds the compressed columns and the dictionaries, not the VMs.
 */
final class VmColumns {
  private static final long MIB = 1 << 20;

  private final Map<String, PackedColumn> columns = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> dictionaries = new HashMap<>();
  private final Placements placements;
  private int rows;

  VmColumns(Placements placements) {
    this.placements = placements;
  }

  void add(VmAssessment vm) {
    rows++;
    facts(vm.facts());
    verdict(vm);
    findings(vm.findings());
    list("accepted", vm.accepted(), a -> a.code() + ": " + a.reason() + ", until " + a.expires());
    list("need", vm.needs(), VmColumns::need);
    column("part.count").number(vm.complexity().parts().size());
    for (Complexity.Part part : vm.complexity().parts()) {
      word("part", part.what());
      column("part.points").number(part.points());
    }
  }

  private void facts(VmFacts facts) {
    column("name").text(ReportText.shown(facts.name()));
    column("id").text(ReportText.shown(facts.ref().id()));
    word("source", facts.ref().source());
    word("folder", facts.folder());
    word("power", facts.power().name().toLowerCase(java.util.Locale.ROOT));
    word("os", facts.os());
    word("datacenter", facts.datacenter());
    word("cluster", facts.cluster());
    word("host", facts.host());
    word("application", facts.application());
    word("owner", facts.owner());
    word("criticality", facts.criticality());
    column("cpus").number(facts.cpus());
    column("memory").number(mebibytes(facts.memory()));
    column("disks").number(facts.disks());
    column("nics").number(facts.nics());
    column("size").number(mebibytes(facts.size()));
    ByteSize used = facts.used();
    column("used").number(used == null ? -1 : mebibytes(used));
    list("datastore", facts.datastores(), d -> d);
    list("network", facts.networks(), n -> n);
    list("tag", facts.tags(), t -> t);
    list("group", facts.groups(), g -> g);
  }

  private void verdict(VmAssessment vm) {
    column("candidate").number(vm.candidate() ? 1 : 0);
    column("disposition").number(vm.disposition().kind().ordinal());
    word("rule", vm.disposition().rule());
    column("score").number(vm.complexity().score());
    column("wave").number(placements.wave(vm.facts().ref()));
    word("left", placements.reason(vm.facts().ref()));
  }

  /** What and remedy of one code are mostly alike; the evidence is the VM's own. */
  private void findings(List<Finding> findings) {
    column("finding.count").number(findings.size());
    for (Finding finding : findings) {
      column("finding.severity").number(finding.severity().ordinal());
      word("code", finding.code());
      word("what", finding.what());
      word("remedy", finding.remedy());
      word("evidence", finding.evidence());
    }
  }

  private static String need(StorageNeed need) {
    String met =
        switch (need.met()) {
          case YES -> "met";
          case NO -> "not met";
          case UNKNOWN -> "not known";
        };
    String storageClass =
        need.storageClass() == null ? "no class known" : "class " + need.storageClass();
    return Phrases.of(need.kind())
        + ": "
        + met
        + " ("
        + storageClass
        + "); "
        + need.why()
        + (need.met().isYes() ? "" : "; remedy: " + need.remedy());
  }

  private <T> void list(String name, List<T> items, java.util.function.Function<T, String> text) {
    column(name + ".count").number(items.size());
    items.forEach(item -> word(name, text.apply(item)));
  }

  private static long mebibytes(ByteSize size) {
    return size.bytes() / MIB + (size.bytes() % MIB == 0 ? 0 : 1);
  }

  private PackedColumn column(String name) {
    return columns.computeIfAbsent(name, n -> new PackedColumn());
  }

  /** Null is -1. */
  private void word(String name, @Nullable String text) {
    if (text == null) {
      column(name).number(-1);
      return;
    }
    Map<String, Integer> words = dictionaries.computeIfAbsent(name, n -> new HashMap<>());
    String shown = ReportText.cut(text, 1000);
    Integer known = words.get(shown);
    if (known == null) {
      known = words.size();
      words.put(shown, known);
      column(name + ".words").text(shown);
    }
    column(name).number(known);
  }

  int rows() {
    return rows;
  }

  /** The names, in a fixed order. */
  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** Writes a column. */
  void write(String name, OutputStream to) throws IOException {
    PackedColumn column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("there is no column " + name);
    }
    column.writeTo(to);
  }
}
