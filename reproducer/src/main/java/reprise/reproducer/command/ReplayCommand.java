package reprise.reproducer.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
import reprise.reproducer.comparison.Forgiveness;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.Standard;

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
      description =
          "Another value for a parameter of the run, or a secret that is masked in the record; may"
              + " be repeated. Secrets are never written down.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Mixin private AlterationOptions alterations;

  @Mixin private GuardOptions guard;

  @Option(
      names = "--tolerance",
      paramLabel = "name=bound",
      description =
          "How far a metric, variable or number with this name before it may be from what was"
              + " recorded, e.g. accuracy=0.01 or loss=1%%; * stands for every number.")
  private Map<String, String> tolerances = new LinkedHashMap<>();

  @Option(
      names = "--times",
      paramLabel = "K",
      description =
          "Replay it so often, and call noise what is no further away than the replays are from"
              + " one another.")
  private int times = 1;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec.commandLine(), json);
    Reproduction reproduction =
        replay(run, given, alterations, guard, standard(), System.getenv(), screen);
    answer(reproduction, screen);
    return exitCode(reproduction.verdict());
  }

  /** Why nothing could be executed stands on stderr, whoever reads stdout. */
  private static void answer(Reproduction it, Screen screen) {
    screen.answer(it, lines(it));
    if (it.why() != null) {
      screen.tell(it.why());
    }
  }

  private Standard standard() {
    try {
      return new Standard(Forgiveness.within(tolerances), times);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  static Reproduction replay(
      String reference,
      Map<String, String> given,
      AlterationOptions alterations,
      GuardOptions guard,
      Standard standard,
      Map<String, String> environment,
      Screen screen)
      throws IOException {
    TrackingClient server = TrackingClient.of(environment);
    Source source = new Source(reference);
    guard.check();
    try (Evidence evidence = source.evidence(server, screen)) {
      Run original = evidence.run();
      Reproduction reproduction =
          new ReplayRequest(
                  original,
                  alterations.with(given, original),
                  AlterationOptions.secrets(given, original),
                  guard.host(evidence, environment))
              .fulfil(standard, screen::expect, screen::progress);
      guard.keep(evidence, screen);
      if (!source.isBundle()) {
        server.post(reproduction);
      } else if (knows(server, original)) {
        server.post(reproduction);
        screen.tell("The verdict stands with the tracking server, which knows this run.");
      } else {
        screen.tell(
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
    addExcerpt(it, lines);
    it.altered().forEach(line -> lines.add("changed: " + line));
    addExpected(it, lines);
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

  private static void addExcerpt(Reproduction it, List<String> lines) {
    Reproduction.Excerpt excerpt = it.excerpt();
    if (excerpt == null) {
      return;
    }
    lines.add(
        excerpt.leftOut().isEmpty()
            ? "Replayed up to step %d, with nothing left out.".formatted(excerpt.to())
            : "Replayed what step %d needs; left out: steps %s."
                .formatted(excerpt.to(), numbers(excerpt.leftOut())));
    if (excerpt.unproved() != null) {
      lines.add(excerpt.unproved());
    }
    excerpt.hiddenState().forEach(line -> lines.add("hidden state: " + line));
  }

  /** What was changed on purpose is to make a difference, so all that differ are of interest. */
  private static void addExpected(Reproduction it, List<String> lines) {
    List<Integer> different =
        it.verdicts().stream()
            .filter(step -> step.verdict() == Verdict.DIVERGED)
            .map(Reproduction.StepVerdict::step)
            .toList();
    if (!it.altered().isEmpty()) {
      lines.add(
          different.isEmpty()
              ? "No step came out otherwise for that."
              : "Steps that came out otherwise, as may be expected: %s."
                  .formatted(numbers(different)));
    }
  }

  private static String numbers(List<Integer> steps) {
    return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
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
