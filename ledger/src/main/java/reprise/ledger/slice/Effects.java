package reprise.ledger.slice;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;
import reprise.ledger.Step;
import reprise.ledger.Value;

/** What each step did to the session's variables, methods and types. */
final class Effects {
  /** What is of another type may be changed by whoever gets hold of it. */
  private static final Set<String> UNCHANGING =
      Set.of(
          "boolean",
          "byte",
          "char",
          "double",
          "float",
          "int",
          "long",
          "short",
          "Boolean",
          "Byte",
          "Character",
          "Double",
          "Float",
          "Integer",
          "Long",
          "Short",
          "String",
          "BigDecimal",
          "BigInteger",
          "Path",
          "UUID",
          "Pattern",
          "Duration",
          "Instant",
          "LocalDate",
          "LocalDateTime",
          "LocalTime",
          "ZonedDateTime");

  private final Map<Integer, Set<Name>> declared = new HashMap<>();
  private final Map<Integer, Set<Name>> changed = new HashMap<>();
  private final Map<Integer, Set<Name>> inHands = new HashMap<>();

  /**
   * @param steps in their order, each with its flow
   */
  Effects(List<Step> steps) {
    steps.forEach(this::noteDeclarations);
    Map<String, Name> latest = new HashMap<>();
    for (Step step : steps) {
      declared(step).stream()
          .filter(name -> name.kind() == DeclarationKind.VARIABLE)
          .forEach(name -> latest.put(name.name(), name));
      note(step, latest);
    }
  }

  /** Results without a name of their own are known only from those who use them. */
  private void noteDeclarations(Step step) {
    Flow flow = flow(step);
    declared.computeIfAbsent(step.step(), number -> new HashSet<>()).addAll(flow.defined());
    for (Name name : flow.used()) {
      declared.computeIfAbsent(name.step(), number -> new HashSet<>()).add(name);
    }
  }

  private void note(Step step, Map<String, Name> latest) {
    Set<Name> touched = new HashSet<>(flow(step).changed());
    Set<String> unchanging = new HashSet<>();
    for (Value value : step.values()) {
      Name name = latest.get(value.name());
      if (name != null && name.step() != step.step()) {
        touched.add(name); // assigned in whatever way: the recorder compares what variables hold
      }
      if (UNCHANGING.contains(value.type().substring(value.type().lastIndexOf('.') + 1))) {
        unchanging.add(value.name());
      }
    }
    Set<Name> all = new HashSet<>(touched);
    for (Name name : declared(step)) {
      if (name.kind() == DeclarationKind.VARIABLE && !unchanging.contains(name.name())) {
        all.add(name);
      }
    }
    changed.put(step.step(), touched);
    inHands.put(step.step(), all);
  }

  static Flow flow(Step step) {
    Flow flow = step.flow();
    return flow == null ? Flow.NONE : flow;
  }

  /** What a step declared. */
  Set<Name> declared(Step step) {
    return declared.getOrDefault(step.step(), Set.of());
  }

  /** What of other steps it may have changed. */
  Set<Name> changed(Step step) {
    return changed.getOrDefault(step.step(), Set.of());
  }

  /** Of what it may have put one into the other: what it changed, and its own that can change. */
  Set<Name> inHands(Step step) {
    return inHands.getOrDefault(step.step(), Set.of());
  }

  /** What it refers to. */
  static Set<Name> used(Step step) {
    Set<Name> used = new HashSet<>(flow(step).used());
    used.addAll(flow(step).changed());
    return used;
  }
}
