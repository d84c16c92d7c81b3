package reprise.reproducer.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Metric;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.Step;
import reprise.ledger.Value;

/**
 * One run of a sweep.
 *
 * @param status of the replay; null if none came of it
 * @param shown what was asked to be shown of it, by name, as far as it is there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SweptRun(
    @JsonUnwrapped Reproduction reproduction,
    @Nullable RunStatus status,
    Map<String, String> shown) {

  static SweptRun of(Reproduction reproduction, @Nullable Run replayed, List<String> names) {
    Map<String, String> shown = new LinkedHashMap<>();
    if (replayed != null) {
      for (String name : names) {
        String value = latest(name, replayed);
        if (value != null) {
          shown.put(name, value);
        }
      }
    }
    return new SweptRun(reproduction, replayed == null ? null : replayed.status(), shown);
  }

  /** As the run left it: a metric, else a variable. */
  private static @Nullable String latest(String name, Run run) {
    String metric = null;
    String variable = null;
    for (Step step : run.history()) {
      for (Metric each : step.metrics()) {
        metric = each.name().equals(name) ? String.valueOf(each.value()) : metric;
      }
      for (Value each : step.values()) {
        variable = each.name().equals(name) && each.text() != null ? each.text() : variable;
      }
    }
    return metric == null ? variable : metric;
  }

  @JsonIgnore
  boolean succeeded() {
    return status == RunStatus.SUCCEEDED;
  }

  /** For the progress. */
  String sentence() {
    String parameters =
        reproduction.parameters().entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining(" "));
    return reproduction.why() == null
        ? "%s: %s, %.1f s"
            .formatted(parameters, reproduction.verdict(), reproduction.tookMillis() / 1000.0)
        : "%s: %s".formatted(parameters, reproduction.why());
  }

  /** A line each, below one with the names of the columns. */
  static List<String> table(List<SweptRun> all, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(all.get(0).reproduction.parameters().keySet());
    head.addAll(List.of("status", "verdict", "run"));
    head.addAll(names);
    rows.add(head);
    for (SweptRun swept : all) {
      List<String> row = new ArrayList<>(swept.reproduction.parameters().values());
      row.add(swept.status == null ? "NOT_RUN" : swept.status.name());
      row.add(swept.reproduction.verdict().name());
      row.add(swept.reproduction.replay() == null ? "-" : swept.reproduction.replay().value());
      names.forEach(name -> row.add(swept.shown.getOrDefault(name, "-")));
      rows.add(row);
    }
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(1);
      line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
