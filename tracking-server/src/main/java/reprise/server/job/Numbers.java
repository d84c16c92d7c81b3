package reprise.server.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Value;
import reprise.server.db.EventLog;

/** What runs came to in numbers; of a firing, those of the attempt that succeeded. */
record Numbers(Handle handle) {

  static List<RunId> runs(Firing firing) {
    return firing.attempts().stream()
        .filter(it -> it.status() == AttemptStatus.SUCCEEDED)
        .map(Attempt::runs)
        .findFirst()
        .orElse(List.of());
  }

  /** How long a firing's attempt was at work; null if none succeeded. */
  static @Nullable Duration took(Firing firing) {
    return firing.attempts().stream()
        .filter(it -> it.status() == AttemptStatus.SUCCEEDED)
        .map(Numbers::took)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Duration took(Attempt attempt) {
    return attempt.startedAt() == null || attempt.endedAt() == null
        ? null
        : Duration.between(attempt.startedAt(), attempt.endedAt());
  }

  /** Each metric as it was logged last. */
  Map<String, Double> metrics(List<RunId> runs) {
    Map<String, Double> last = new LinkedHashMap<>();
    for (RunId run : runs) {
      for (RunEvent event : new EventLog(handle).metricsUpTo(run)) {
        if (event instanceof RunEvent.MetricLogged metric) {
          last.put(metric.name(), metric.value());
        }
      }
    }
    return last;
  }

  /** A metric as it was logged last, else a variable as it was left; null if there is none. */
  @Nullable Double last(List<RunId> runs, String name) {
    Double metric = metrics(runs).get(name);
    return metric == null ? variable(runs, name) : metric;
  }

  private @Nullable Double variable(List<RunId> runs, String name) {
    Double found = null;
    for (RunId id : runs) {
      Run run = Run.of(id, new EventLog(handle).upTo(id)).orElse(null);
      for (Step step : run == null ? List.<Step>of() : run.history()) {
        for (Value value : step.values()) {
          found = value.name().equals(name) ? number(value, found) : found;
        }
      }
    }
    return found;
  }

  private static @Nullable Double number(Value value, @Nullable Double otherwise) {
    String text = value.text();
    try {
      return text == null ? otherwise : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
