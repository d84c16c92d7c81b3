package reprise.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A small session to test with. */
final class Events {
  static final SessionId SESSION = new SessionId("s-1a2b3c4d");
  static final RunId RUN = new RunId("r-1a2b3c4d");
  static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");

  private Events() {}

  static RunEvent started(long number) {
    return new RunEvent.SessionStarted(
        SESSION,
        number,
        AT,
        new Notebook("/home/ada/iris.ipynb", "JPY_SESSION_NAME"),
        "reprise 0.1",
        "here",
        42,
        new Environment(
            new Environment.Jdk("17.0.15", "Debian", "/usr/lib/jvm/17"),
            List.of("-Xmx1g"),
            "Linux 6.1 amd64",
            2,
            1L << 30,
            List.of(),
            "en_US",
            "UTC",
            "UTF-8",
            "\n",
            "/home/ada",
            Map.of("LANG", "C.UTF-8"),
            null,
            null));
  }

  static RunEvent opened(long number, RunId run) {
    return new RunEvent.RunOpened(
        SESSION,
        number,
        AT,
        run,
        new ExperimentName("iris"),
        null,
        run.equals(RUN) ? null : RUN,
        new Origin.Headless());
  }

  static RunEvent cell(long number, RunId run, int step, String cell) {
    return new RunEvent.CellStarted(
        SESSION, number, AT, run, step, cell, step, "int x = " + step + ";", List.of());
  }

  static RunEvent shown(long number, RunId run, int step, Output output) {
    return new RunEvent.OutputAdded(SESSION, number, AT, run, step, output);
  }

  static RunEvent ended(long number, RunId run, int step, Outcome outcome) {
    return new RunEvent.CellEnded(
        SESSION,
        number,
        AT,
        run,
        step,
        outcome,
        1_000_000,
        List.of(new Data(Data.Direction.READ, "/home/ada/iris.csv", 3, Digest.of("a,b"), null)),
        List.of(new Parameter("x", "int", "1", 8, 9)),
        List.of(new Value("x", "int", "1", null)),
        List.of(),
        chance(),
        new Flow(
            List.of(new Flow.Name(Flow.DeclarationKind.VARIABLE, "x", 3)),
            List.of(new Flow.Name(Flow.DeclarationKind.METHOD, "train", 2)),
            List.of(),
            new Flow.Numbering(7, 1)));
  }

  static Chance chance() {
    return new Chance(
        "00000000000000ff",
        "deadbeef",
        List.of(Chance.Source.RANDOM, Chance.Source.CLOCK),
        new Chance.Readings(List.of(1L), List.of(Long.MAX_VALUE), List.of(AT), null),
        null,
        List.of("SecureRandom is not pinned"));
  }

  static RunEvent over(long number) {
    return new RunEvent.SessionEnded(SESSION, number, AT, "shutdown");
  }
}
