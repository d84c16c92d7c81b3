package reprise.reproducer.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Explanation;
import reprise.ledger.Explanation.Intervention;
import reprise.ledger.Origin;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.RunSummary;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.reproducer.cause.Search;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.replay.Alterations;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.Standard;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Finds out why a run came out otherwise than another: replays with one thing at a time as"
            + " the other run had it, until the cause is proved.")
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "An id, a unique prefix of one, or @latest.")
  private String run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description =
          "The run that it is held against. If not given: of a replay its original; else the"
              + " replay that diverged, or the run of the same notebook before it, or a new replay.")
  private @Nullable String other;

  @Option(
      names = "-p",
      paramLabel = "name=value",
      description =
          "A secret that is masked in the record; may be repeated. Secrets are never written down.")
  private Map<String, String> secrets = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** The newer run, and the older that it is held against. */
  private record Runs(Run run, Run other) {}

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    TrackingClient server = TrackingClient.of(System.getenv());
    Runs runs = runs(server, screen);
    screen.tell(
        "Why does %s come out otherwise than %s?".formatted(runs.run().run(), runs.other().run()));
    Host host = host(runs.run(), server);
    Explanation explanation =
        new Search(
                Evidence.of(runs.run(), server),
                Evidence.of(runs.other(), server),
                secrets,
                host,
                intervention -> screen.tell(line(intervention)))
            .explain();
    server.post(explanation);
    screen.answer(explanation, lines(explanation));
    if (explanation.verdict() == Verdict.NOT_RUN) {
      screen.tell("Nothing could be compared: %s.".formatted(explanation.why()));
    }
    return ReplayCommand.exitCode(explanation.verdict());
  }

  private static Host host(Run run, TrackingClient server) {
    return new Host(
        Evidence.of(run, server),
        System.getenv(),
        Installation.here(),
        InstantSource.system(),
        new SecureRandom());
  }

  private Runs runs(TrackingClient server, Screen screen) throws IOException {
    Run asked = server.run(run);
    if (other != null) {
      return new Runs(asked, server.run(other));
    }
    if (asked.origin() instanceof Origin.Replay replay) {
      return new Runs(asked, server.run(replay.of().value()));
    }
    Optional<RunId> known = diverged(asked, server);
    if (known.isPresent()) {
      return new Runs(server.run(known.get().value()), asked);
    }
    Optional<Run> before = before(asked, server);
    return before.isPresent() ? new Runs(asked, before.get()) : replayed(asked, server, screen);
  }

  /** The latest replay of all of it, if that did not come out the same. */
  private static Optional<RunId> diverged(Run run, TrackingClient server) throws IOException {
    for (Reproduction it : Evidence.of(run, server).reproductions()) {
      if (it.run().equals(run.run()) && it.excerpt() == null && it.altered().isEmpty()) {
        return it.verdict() == Verdict.DIVERGED
            ? Optional.ofNullable(it.replay())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Run> before(Run run, TrackingClient server) throws IOException {
    RunsCommand.Page page =
        server.get(
            "/api/runs?origin=original&limit=1000&experiment="
                + TrackingClient.encoded(run.experiment().value()),
            RunsCommand.Page.class);
    Optional<RunId> before =
        page.runs().stream()
            .filter(it -> it.startedAt().isBefore(run.startedAt()))
            .filter(it -> Objects.equals(it.notebook(), run.notebook().path()))
            .map(RunSummary::run)
            .findFirst();
    return before.isPresent() ? Optional.of(server.run(before.get().value())) : Optional.empty();
  }

  private Runs replayed(Run asked, TrackingClient server, Screen screen) throws IOException {
    screen.tell("There is no other run of this notebook, so it is replayed first.");
    ReplayRequest request =
        new ReplayRequest(asked, Alterations.NONE, secrets, host(asked, server));
    Reproduction reproduction = request.fulfil(Standard.STRICT, screen::expect, screen::progress);
    server.post(reproduction);
    Run replayed = request.replayed();
    if (replayed == null) {
      throw new IOException(String.valueOf(reproduction.why()));
    }
    return new Runs(replayed, asked);
  }

  private static String line(Intervention it) {
    String what = it.what().length() > 100 ? it.what().substring(0, 99) + "…" : it.what();
    return "%-22s %-10s %6.1f s  %s"
        .formatted(
            it.factor(),
            it.asOther()
                ? "as other"
                : it.verdict() == Verdict.IDENTICAL ? "as before" : it.verdict(),
            it.tookMillis() / 1000.0,
            what);
  }

  private static List<String> lines(Explanation it) {
    List<String> lines = new ArrayList<>();
    if (it.verdict() == Verdict.NOT_RUN) {
      lines.add("%s: there is nothing to be held against one another.".formatted(it.verdict()));
      return lines;
    }
    if (it.step() == null) {
      lines.add("%s: there is nothing to be explained.".formatted(it.verdict()));
      return lines;
    }
    lines.add("The first step that came out otherwise is step %d.".formatted(it.step()));
    lines.add(
        it.cause() == null
            ? "No cause was proved: %s.".formatted(it.why())
            : "The cause: %s.".formatted(it.cause()));
    if (it.cause() != null && it.why() != null) {
      lines.add("Found %s.".formatted(it.why()));
    }
    lines.add("%d replays, %.1f s.".formatted(it.interventions().size(), it.tookMillis() / 1000.0));
    return lines;
  }
}
