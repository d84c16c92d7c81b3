import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Parameter;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Value;
import reprise.ledger.Wire;

/**
 * Sends whole journals to the tracking server that the environment names, one client, batch after
 * batch, as an uplink does that has been away. Prints events per second of each as JSON.
 */
final class Intake {
  private static final int BATCH = 500;
  private static final int CELLS = 6000;
  private static final int JOURNALS = 5;
  private static final InstantSource CLOCK = InstantSource.system();
  private static final SecureRandom CHANCE = new SecureRandom();

  private final SessionId session = SessionId.next(CLOCK, CHANCE);
  private final RunId run = RunId.next(CLOCK, CHANCE);
  private final List<String> lines = new ArrayList<>();

  private Intake() {
    add(
        new RunEvent.SessionStarted(
            session,
            1,
            Instant.now(),
            new Notebook("/home/ada/iris.ipynb", "bench"),
            "bench",
            "localhost",
            ProcessHandle.current().pid(),
            new Environment(
                new Environment.Jdk("17", "bench", "/"),
                List.of(),
                "Linux",
                2,
                1 << 30,
                List.of(),
                "en",
                "UTC",
                "UTF-8",
                "\n",
                "/home/ada",
                Map.of(), null, null)));
    add(
        new RunEvent.RunOpened(
            session,
            2,
            Instant.now(),
            run,
            new ExperimentName("iris"),
            null,
            null,
            new Origin.Headless()));
    for (int step = 1; step <= CELLS; step++) {
      addCell(step);
    }
  }

  /** Three events; one cell in ten has data, a parameter and a value. */
  private void addCell(int step) {
    boolean rich = step % 10 == 0;
    String name = "v" + step % 50;
    add(
        new RunEvent.CellStarted(
            session,
            lines.size() + 1,
            Instant.now(),
            run,
            step,
            "c" + step,
            step,
            "int a = " + step + ";",
            List.of()));
    add(
        new RunEvent.OutputAdded(
            session,
            lines.size() + 1,
            Instant.now(),
            run,
            step,
            new Output.Stream("stdout", "cell " + step + "\n")));
    add(
        new RunEvent.CellEnded(
            session,
            lines.size() + 1,
            Instant.now(),
            run,
            step,
            new Outcome.Succeeded(),
            1_000_000,
            rich
                ? List.of(
                    new Data(
                        Data.Direction.READ, "/home/ada/iris.csv", 4, Digest.of("a,b\n"), null))
                : List.of(),
            rich ? List.of(new Parameter(name, "int", "1", 4, 5)) : List.of(),
            rich ? List.of(new Value(name, "int", "1", null)) : List.of(),
            List.of(),
            null,
            null));
  }

  private void add(RunEvent event) {
    lines.add(Wire.write(event));
  }

  private double rate(TrackingClient server) throws Exception {
    long began = System.nanoTime();
    long next = 1;
    for (int from = 0; from < lines.size(); from += BATCH) {
      next =
          server.take(session, lines.subList(from, Math.min(from + BATCH, lines.size())));
    }
    if (next != lines.size() + 1) {
      throw new IllegalStateException("the server took only " + (next - 1) + " events");
    }
    return lines.size() / ((System.nanoTime() - began) / 1e9);
  }

  public static void main(String[] arguments) throws Exception {
    TrackingClient server = TrackingClient.of(System.getenv());
    new Intake().rate(server); // the server's JVM learns
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < JOURNALS; i++) {
      rates.add(new Intake().rate(server));
    }
    System.out.println(rates);
  }
}
