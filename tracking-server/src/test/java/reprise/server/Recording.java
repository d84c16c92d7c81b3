package reprise.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Jar;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Parameter;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.Value;

/** What a kernel would write down, one event after the other. */
final class Recording {
  static final Instant BEGINNING = Instant.parse("2026-11-22T10:00:00Z");

  final SessionId session;
  final List<RunEvent> events = new ArrayList<>();
  private final Instant beginning;
  private @Nullable RunId run;
  private int step;

  Recording(String session) {
    this(session, BEGINNING, "elsewhere", 1);
  }

  Recording(String session, Instant beginning, String host, long pid) {
    this.session = new SessionId(session);
    this.beginning = beginning;
    events.add(
        new RunEvent.SessionStarted(
            this.session,
            1,
            beginning,
            new Notebook("/home/ada/iris.ipynb", "JPY_SESSION_NAME"),
            "Reprise 0.1",
            host,
            pid,
            new Environment(
                new Environment.Jdk("17.0.15", "Debian", "/usr/lib/jvm/java-17"),
                List.of("-Xmx1g"),
                "Linux 6.1 amd64",
                2,
                1L << 30,
                List.of(),
                "en_GB",
                "UTC",
                "UTF-8",
                "\n",
                "/home/ada",
                Map.of(),
                null,
                null)));
  }

  private long next() {
    return events.size() + 1L;
  }

  private Instant now() {
    return beginning.plus(Duration.ofMillis(10L * events.size()));
  }

  private RunId run() {
    if (run == null) {
      throw new IllegalStateException("open a run first");
    }
    return run;
  }

  Recording open(String id, Origin origin) {
    RunId before = run;
    run = new RunId(id);
    events.add(
        new RunEvent.RunOpened(
            session, next(), now(), run(), new ExperimentName("iris"), null, before, origin));
    return this;
  }

  Recording open(String id) {
    return open(id, new Origin.Interactive());
  }

  Recording start(String source) {
    step++;
    events.add(
        new RunEvent.CellStarted(
            session,
            next(),
            now(),
            run(),
            step,
            "cell-" + source.hashCode(),
            step,
            source,
            List.of()));
    return this;
  }

  Recording show(String text) {
    events.add(
        new RunEvent.OutputAdded(
            session, next(), now(), run(), step, new Output.Stream("stdout", text)));
    return this;
  }

  Recording metric(String name, double value) {
    events.add(
        new RunEvent.MetricLogged(session, next(), now(), run(), step, name, value, events.size()));
    return this;
  }

  Recording end(Outcome outcome, List<Data> data, List<Parameter> parameters, List<Value> values) {
    events.add(
        new RunEvent.CellEnded(
            session,
            next(),
            now(),
            run(),
            step,
            outcome,
            7_000_000,
            data,
            parameters,
            values,
            List.<Jar>of(),
            null,
            null));
    return this;
  }

  Recording cell(String source) {
    return start(source)
        .show("hello\n")
        .end(new Outcome.Succeeded(), List.of(), List.of(), List.of());
  }

  Recording finish() {
    events.add(new RunEvent.SessionEnded(session, next(), now(), "shutdown"));
    return this;
  }
}
