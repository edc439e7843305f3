package dev.drover.importers.rvtools;

import dev.drover.mappings.model.Answer;
import dev.drover.mappings.model.Finding;
import dev.drover.mappings.model.PowerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of one VM, what they hang on, and what is noticed while they are read. */
final class VmRows {
  private final Export export;
  private final VmIndex index;
  private final Estate estate;
  private final int vm;
  private final RowView info;
  private final List<Finding> findings = new ArrayList<>();
  private final List<RowView> views = new ArrayList<>();

  VmRows(Export export, VmIndex index, Estate estate, int vm) {
    this.export = export;
    this.index = index;
    this.estate = estate;
    this.vm = vm;
    this.info = view(Topic.INFO, index.info(vm));
  }

  private RowView view(Topic topic, int[] row) {
    RowView view = export.view(topic, row);
    views.add(view);
    return view;
  }

  RowView info() {
    return info;
  }

  Estate estate() {
    return estate;
  }

  int vcenter() {
    return index.vcenter(vm);
  }

  List<RowView> rows(Topic topic) {
    return index.rows(topic, vm).stream().map(row -> view(topic, row)).toList();
  }

  @Nullable RowView first(Topic topic) {
    List<int[]> rows = index.rows(topic, vm);
    return rows.isEmpty() ? null : view(topic, rows.get(0));
  }

  PowerState power() {
    return switch (info.word(Field.POWER).replace(" ", "")) {
      case "poweredon", "on", "running" -> PowerState.ON;
      case "poweredoff", "off" -> PowerState.OFF;
      case "suspended" -> PowerState.SUSPENDED;
      default -> PowerState.UNKNOWN;
    };
  }

  void block(String code, String what, String remedy, String evidence) {
    findings.add(Finding.blocker(code, what, remedy).with(evidence));
  }

  void warn(String code, String what, String remedy, String evidence) {
    findings.add(Finding.warning(code, what, remedy).with(evidence));
  }

  void inform(String code, String what, String remedy, String evidence) {
    findings.add(Finding.info(code, what, remedy).with(evidence));
  }

  /** Cells that hold something else than their column should, over all rows looked at. */
  List<String> wrongCells() {
    return views.stream().flatMap(v -> v.wrong().stream()).distinct().toList();
  }

  List<Finding> findings() {
    return findings;
  }

  /** The first that is not unknown. */
  static Answer first(Answer one, Answer other) {
    return one == Answer.UNKNOWN ? other : one;
  }
}
