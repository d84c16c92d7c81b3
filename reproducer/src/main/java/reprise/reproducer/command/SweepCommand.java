package reprise.reproducer.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.Standard;

@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description =
        "Replays a run once for each combination of parameters, all else as it was recorded.")
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix of one, or @latest.")
  private String run;

  @Option(
      names = "-p",
      paramLabel = "name=value,…",
      required = true,
      description =
          "A parameter of the run and its values; may be repeated. A comma in a value is \\,")
  private Map<String, String> lists = new LinkedHashMap<>();

  @Mixin private AlterationOptions alterations;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replay so many at a time; 1 if not given.")
  private int parallel;

  @Option(
      names = "--show",
      paramLabel = "NAME",
      description = "A metric or variable to be shown of each run; may be repeated.")
  private List<String> shown = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON array and nothing else.")
  private boolean json;

  /** A combination of parameters and the replay that was asked for. */
  private record Point(Map<String, String> parameters, ReplayRequest request) {}

  @Override
  public Integer call() throws IOException {
    if (parallel < 1) {
      throw new ParameterException(spec.commandLine(), "--parallel is at least 1.");
    }
    Screen screen = new Screen(spec.commandLine(), json);
    List<SweptRun> swept = sweep(System.getenv(), screen);
    screen.answer(swept, SweptRun.table(swept, shown));
    if (swept.stream().anyMatch(it -> it.reproduction().verdict() == Verdict.NOT_RUN)) {
      return Reprise.COULD_NOT_RUN;
    }
    return swept.stream().allMatch(SweptRun::succeeded) ? Reprise.DONE : Reprise.DIFFERENT;
  }

  private List<SweptRun> sweep(Map<String, String> environment, Screen screen) throws IOException {
    TrackingClient server = TrackingClient.of(environment);
    Run original = server.run(run);
    Host host =
        new Host(
            server, environment, Installation.here(), InstantSource.system(), new SecureRandom());
    List<Point> points = new ArrayList<>(); // all are checked before the first is replayed
    for (Map<String, String> given : new Grid(lists, AlterationOptions.secrets(lists, original))) {
      points.add(
          new Point(
              given,
              new ReplayRequest(
                  original,
                  alterations.with(given, original),
                  AlterationOptions.secrets(given, original),
                  host)));
    }
    return replay(points, host, screen);
  }

  private List<SweptRun> replay(List<Point> points, Host host, Screen screen) throws IOException {
    AtomicInteger ended = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(parallel, points.size()));
    try {
      List<Future<SweptRun>> futures = new ArrayList<>();
      for (Point point : points) {
        futures.add(
            workers.submit(
                () -> {
                  SweptRun swept = replay(point, host);
                  screen.tell(
                      "[%d/%d] %s"
                          .formatted(ended.incrementAndGet(), points.size(), swept.sentence()));
                  return swept;
                }));
      }
      List<SweptRun> swept = new ArrayList<>();
      for (Future<SweptRun> future : futures) {
        swept.add(future.get());
      }
      return swept;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while runs were replayed", e);
    } finally {
      workers.shutdownNow();
    }
  }

  /** One that fails does not keep the others from being replayed. */
  private SweptRun replay(Point point, Host host) {
    Reproduction reproduction;
    @Nullable Run replayed = null;
    try {
      reproduction = point.request().fulfil(Standard.STRICT, count -> {}, event -> {});
      replayed = point.request().replayed();
      host.server().post(reproduction);
    } catch (IOException | RuntimeException e) {
      reproduction = point.request().failed(String.valueOf(e.getMessage()));
    }
    return SweptRun.of(reproduction, replayed, shown);
  }
}
