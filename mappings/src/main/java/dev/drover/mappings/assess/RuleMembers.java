package dev.drover.mappings.assess;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.drover.mappings.yaml.NearestWord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds in an expression the members that a VM, a disk, a NIC, a file system or a device does not
 * have. The compiler of CEL takes {@code vm.memry} for something of an unknown {@code vm}, and
 * looks at a disk's members only when it meets a disk.
 */
final class RuleMembers {
  private static final String VM = "vm";

  /** Of a VM without {@code vm.}, and of what its lists hold by the list's name. */
  private static final Map<String, SortedSet<String>> MEMBERS = members();

  private static final Map<String, String> WORDS =
      Map.of(
          VM,
          "a VM",
          "vm.disks",
          "a disk",
          "vm.nics",
          "a NIC",
          "vm.filesystems",
          "a file system",
          "vm.devices",
          "a device");

  private final String text;
  private final Map<Long, Integer> positions;

  /** What the variables of macros stand for: the name of a list, or empty for something else. */
  private final Map<String, String> bound = new HashMap<>();

  private RuleExpression.@Nullable Invalid found;

  private RuleMembers(String text, Map<Long, Integer> positions) {
    this.text = text;
    this.positions = positions;
  }

  /** The first that is wrong, or null. */
  static RuleExpression.@Nullable Invalid mistake(String text, CelAbstractSyntaxTree parsed) {
    RuleMembers members = new RuleMembers(text, parsed.getSource().getPositionsMap());
    members.look(parsed.getExpr());
    return members.found;
  }

  private static Map<String, SortedSet<String>> members() {
    Map<String, SortedSet<String>> members = new HashMap<>();
    SortedSet<String> ofVm = new TreeSet<>();
    RuleFacts.VARIABLES.forEach(v -> ofVm.add(v.name().substring(VM.length() + 1)));
    members.put(VM, ofVm);
    RuleSpecimen.facts()
        .forEach(
            (name, value) -> {
              if (value instanceof List<?> list && list.get(0) instanceof Map<?, ?> one) {
                SortedSet<String> names = new TreeSet<>();
                one.keySet().forEach(key -> names.add(String.valueOf(key)));
                members.put(name, names);
              }
            });
    return members;
  }

  private void look(CelExpr expression) {
    switch (expression.getKind()) {
      case SELECT -> {
        CelExpr.CelSelect select = expression.select();
        if (!select.testOnly()) {
          member(expression, select.operand(), select.field());
        }
        look(select.operand());
      }
      case CALL -> call(expression);
      case LIST -> expression.list().elements().forEach(this::look);
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    look(entry.key());
                    look(entry.value());
                  });
      case COMPREHENSION -> comprehension(expression.comprehension());
      default -> {}
    }
  }

  /** {@code d["size"]} is {@code d.size}. */
  private void call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    call.target().ifPresent(this::look);
    call.args().forEach(this::look);
    if (call.function().equals("_[_]")
        && call.args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && call.args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE
        && !list(call.args().get(0)).equals(VM)) {
      member(expression, call.args().get(0), call.args().get(1).constant().stringValue());
    }
  }

  private void comprehension(CelExpr.CelComprehension loop) {
    look(loop.iterRange());
    look(loop.accuInit());
    String before = bound.put(loop.iterVar(), ranged(loop.iterRange()));
    look(loop.loopCondition());
    look(loop.loopStep());
    if (before == null) {
      bound.remove(loop.iterVar());
    } else {
      bound.put(loop.iterVar(), before);
    }
    look(loop.result());
  }

  /** The list that a macro goes over, if it is one of a VM's. */
  private String ranged(CelExpr range) {
    if (range.getKind() != CelExpr.ExprKind.Kind.SELECT) {
      return "";
    }
    String name = VM + "." + range.select().field();
    return list(range.select().operand()).equals(VM) && MEMBERS.containsKey(name) ? name : "";
  }

  /** What a name stands for: the VM, one of a list, or something that nobody knows. */
  private String list(CelExpr operand) {
    if (operand.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return "";
    }
    String name = operand.ident().name();
    return bound.getOrDefault(name, name.equals(VM) ? VM : "");
  }

  private void member(CelExpr at, CelExpr operand, String member) {
    String list = list(operand);
    SortedSet<String> known = MEMBERS.get(list);
    if (found != null || known == null || known.contains(member)) {
      return;
    }
    int offset =
        Math.min(positions.getOrDefault(at.id(), 0), text.codePointCount(0, text.length()));
    int place = Math.max(0, text.indexOf(member, text.offsetByCodePoints(0, offset)));
    String before = text.substring(0, place);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    found =
        new RuleExpression.Invalid(
            WORDS.get(list) + " has no " + Told.line("\"" + member + "\"", 80),
            "one of: " + String.join(", ", known),
            NearestWord.of(member, known),
            line,
            place - before.lastIndexOf('\n'));
  }
}
