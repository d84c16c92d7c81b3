package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Masked;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Comparison;

/** What was masked in a record, and must be told again before it can be executed. */
public final class Secrets {
  private final Set<String> wanted;
  private final Map<String, String> known = new LinkedHashMap<>();

  private Secrets(Set<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * The secrets of a run.
   *
   * @param given by name
   * @param variables the environment, in which the others may stand
   */
  static Secrets of(Run run, Map<String, String> given, Map<String, String> variables) {
    Secrets secrets = new Secrets(wanted(run));
    for (String name : secrets.wanted) {
      String value = given.getOrDefault(name, variables.get(Masked.variable(name)));
      if (value == null && run.environment().variables().containsKey(name)) {
        value =
            variables.get(name); // whoever has it set here means it for programs that ask for it
      }
      if (value != null) {
        secrets.known.put(name, value);
      }
    }
    return secrets;
  }

  /** The names under which a replay asks for what stood in cells and options of the JVM. */
  public static Set<String> wanted(Run run) {
    Set<String> wanted = new TreeSet<>();
    run.history().stream()
        .filter(Comparison::canBeReplayed)
        .map(Step::source)
        .forEach(source -> wanted.addAll(Masked.names(source)));
    run.environment().flags().forEach(flag -> wanted.addAll(Masked.names(flag)));
    run.environment().variables().values().forEach(value -> wanted.addAll(Masked.names(value)));
    return wanted;
  }

  /** What must be told before anything runs, in one sentence; null if nothing is missing. */
  @Nullable String missing() {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(known.keySet());
    if (missing.isEmpty()) {
      return null;
    }
    String options =
        missing.stream().map(name -> "-p " + name + "=…").collect(Collectors.joining(" "));
    String names = missing.stream().map(Masked::variable).collect(Collectors.joining(", "));
    return "The record does not hold this run's secrets; say them with %s or in the environment as %s."
        .formatted(options, names);
  }

  /** By name, for the recorder of the replay to mask them again. */
  Map<String, String> known() {
    return known;
  }

  /** A text outside of any program, with its secrets. */
  String filled(String text) {
    return Masked.filled(text, known);
  }

  /** A cell as it was: in Java a secret stands in a string, on a magic's line as it is. */
  String source(String cell) {
    if (Masked.names(cell).isEmpty()) {
      return cell;
    }
    boolean shell = cell.stripLeading().startsWith("%%");
    StringBuilder source = new StringBuilder();
    for (String line : cell.split("(?<=\n)", -1)) {
      String first = line.stripLeading();
      boolean magic = shell || first.startsWith("%") || first.startsWith("!");
      source.append(Masked.filled(line, magic ? known : spelled()));
    }
    return source.toString();
  }

  private Map<String, String> spelled() {
    return known.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> spelled(each.getValue())));
  }

  private static String spelled(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }
}
