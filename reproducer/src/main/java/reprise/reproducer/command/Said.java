package reprise.reproducer.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.ledger.Load;
import reprise.ledger.Metric;
import reprise.ledger.Parameter;
import reprise.ledger.Step;

/** What a step said of itself and what it asked of the machine, for people. */
final class Said {
  private static final double GIB = 1 << 30;

  private Said() {}

  static List<String> lines(Step step) {
    List<String> lines = new ArrayList<>();
    step.parameters().stream()
        .filter(parameter -> parameter.start() == Parameter.NOWHERE)
        .forEach(it -> lines.add("  PARAM   %s = %s".formatted(it.name(), it.value())));
    byName(step.metrics()).forEach((name, points) -> lines.add("  METRIC  " + line(name, points)));
    step.artifacts().forEach(path -> lines.add("  ARTIFACT " + path));
    if (!step.load().isEmpty()) {
      lines.add("  LOAD    " + line(step.load()));
    }
    return lines;
  }

  private static Map<String, List<Metric>> byName(List<Metric> metrics) {
    Map<String, List<Metric>> byName = new LinkedHashMap<>();
    metrics.forEach(it -> byName.computeIfAbsent(it.name(), name -> new ArrayList<>()).add(it));
    return byName;
  }

  private static String line(String name, List<Metric> points) {
    Metric first = points.get(0);
    Metric last = points.get(points.size() - 1);
    return points.size() == 1
        ? "%s = %s".formatted(name, last.value())
        : "%s = %s  (%d values from %s)"
            .formatted(name, last.value(), points.size(), first.value());
  }

  private static String line(List<Load> load) {
    double cpu = load.stream().mapToDouble(Load::cpu).average().orElse(0);
    long heap = load.stream().mapToLong(Load::heapBytes).max().orElse(0);
    Load last = load.get(load.size() - 1);
    return "%.1f processors busy, %.2f GiB of heap at most, %d ms of garbage collection"
        .formatted(cpu, heap / GIB, last.gcMillis());
  }
}
