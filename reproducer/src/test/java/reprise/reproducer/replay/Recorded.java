package reprise.reproducer.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Flow;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Parameter;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;

/** A run told by its events, step by step. */
final class Recorded {
  private static final SessionId SESSION = new SessionId("s-0001");
  private static final RunId RUN = new RunId("r-0001");
  private static final Instant AT = Instant.EPOCH;

  private final List<RunEvent> events = new ArrayList<>();
  private int steps;

  Recorded() {
    Environment environment =
        new Environment(
            new Environment.Jdk("17", "v", "/jdk"),
            List.of(),
            "Linux",
            1,
            1,
            List.of(),
            "de",
            "UTC",
            "UTF-8",
            "\n",
            "/home/ada",
            Map.of(),
            null,
            null);
    events.add(
        new RunEvent.SessionStarted(
            SESSION, 1, AT, new Notebook(null, "test"), "k", "h", 1, environment));
    events.add(
        new RunEvent.RunOpened(
            SESSION, 2, AT, RUN, new ExperimentName("e"), null, null, new Origin.Headless()));
  }

  /** A step whose cell is called after its number: {@code c1}. */
  Recorded step(String source, @Nullable Flow flow, Parameter... parameters) {
    steps++;
    events.add(
        new RunEvent.CellStarted(
            SESSION, events.size() + 1, AT, RUN, steps, "c" + steps, steps, source, List.of()));
    events.add(
        new RunEvent.CellEnded(
            SESSION,
            events.size() + 1,
            AT,
            RUN,
            steps,
            new Outcome.Succeeded(),
            1,
            List.of(),
            List.of(parameters),
            List.of(),
            List.of(),
            null,
            flow));
    return this;
  }

  Run run() {
    return Run.of(RUN, events).orElseThrow();
  }
}
