package reprise.reproducer.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.replay.Replay;
import reprise.reproducer.replay.Secrets;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Executes a recorded run again in a clean JVM and says whether it is the same.")
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = Source.LABEL, description = Source.DESCRIPTION)
  private String run;

  @Option(
      names = "-p",
      paramLabel = "name=value",
      description = "A secret that is masked in the record; may be repeated. Never written down.")
  private Map<String, String> secrets = new LinkedHashMap<>();

  @Option(
      names = "--online",
      description =
          "Let the cells reach the network, instead of giving them the replies that were recorded.")
  private boolean online;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    Reproduction reproduction = replay(run, secrets, online, System.getenv(), screen);
    screen.answer(reproduction, lines(reproduction));
    return exitCode(reproduction.verdict());
  }

  static Reproduction replay(
      String reference,
      Map<String, String> secrets,
      boolean online,
      Map<String, String> environment,
      Screen screen)
      throws IOException {
    TrackingClient server = TrackingClient.of(environment);
    Source source = new Source(reference);
    try (Evidence evidence = source.evidence(server, screen)) {
      Reproduction reproduction = replay(evidence, secrets, online, environment, screen);
      if (!source.isBundle()) {
        server.post(reproduction);
      } else if (knows(server, evidence.run())) {
        server.post(reproduction);
        screen.mutter("The verdict stands with the tracking server, which knows this run.");
      } else {
        screen.mutter(
            "Nothing was posted: no tracking server that answers knows this run. 'reprise import "
                + reference
                + "' brings it into one.");
      }
      return reproduction;
    }
  }

  /** A bundle is replayed just as well where there is no server, or one that never heard of it. */
  private static boolean knows(TrackingClient server, Run run) {
    try {
      server.run(run.run().value());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Reproduction replay(
      Evidence evidence,
      Map<String, String> secrets,
      boolean online,
      Map<String, String> environment,
      Screen screen)
      throws IOException {
    Run original = evidence.run();
    for (String name : secrets.keySet()) {
      if (!Secrets.wanted(original).contains(name)) {
        throw new IllegalArgumentException(
            "Nothing is masked as %s in %s; leave -p %s out."
                .formatted(name, original.run(), name));
      }
    }
    screen.expect(original.history().size());
    return new Replay(
            original,
            evidence,
            secrets,
            environment,
            InstantSource.system(),
            new SecureRandom(),
            online)
        .run(Installation.here(), screen::progress);
  }

  static int exitCode(Verdict verdict) {
    return switch (verdict) {
      case IDENTICAL, EQUIVALENT, WITHIN_NOISE -> Reprise.DONE;
      case DIVERGED -> Reprise.DIFFERENT;
      case NOT_RUN -> Reprise.COULD_NOT_RUN;
    };
  }

  static List<String> lines(Reproduction it) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d of %d steps compared, %.1f s."
            .formatted(it.verdict(), it.compared(), it.steps(), it.tookMillis() / 1000.0));
    if (it.why() != null) {
      lines.add(it.why());
    }
    it.divergences().stream().findFirst().ifPresent(first -> addFirst(first, lines));
    if (it.divergences().size() > 1) {
      lines.add("and %d more differences".formatted(it.divergences().size() - 1));
    }
    it.normalisers()
        .forEach(
            use -> lines.add("step %d is the same after %s".formatted(use.step(), use.name())));
    it.notCompared().forEach(what -> lines.add("not compared: " + what));
    return lines;
  }

  private static void addFirst(Reproduction.Divergence first, List<String> lines) {
    lines.add("The first difference is in step %d: %s".formatted(first.step(), first.what()));
    first.expected().lines().limit(10).forEach(line -> lines.add("  - " + line));
    first.actual().lines().limit(10).forEach(line -> lines.add("  + " + line));
    if (first.cause() != null) {
      lines.add("The cause: %s.".formatted(first.cause()));
    }
  }
}
