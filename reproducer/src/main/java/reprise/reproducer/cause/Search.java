package reprise.reproducer.cause;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Environment;
import reprise.ledger.Explanation;
import reprise.ledger.Explanation.Intervention;
import reprise.ledger.Verdict;
import reprise.reproducer.comparison.Alignment.Pair;
import reprise.reproducer.comparison.SideBySide;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Jdks;
import reprise.reproducer.replay.Host;

/**
 * The search for what makes a run come out otherwise than another of the same notebook. A factor is
 * the cause if the one run, replayed with that factor as the other had it, comes out as the other.
 */
public final class Search {
  private static final int MOST_REPLAYS = 60;

  private final Evidence run;
  private final Evidence other;
  private final Map<String, String> secrets;
  private final Host host;
  private final Consumer<Intervention> progress;
  private final List<Intervention> interventions = new ArrayList<>();

  /**
   * Executes nothing yet.
   *
   * @param run the one that came out otherwise
   * @param other what it is held against
   * @param secrets what was masked in the records, by name
   * @param progress told of each replay when it has ended
   */
  public Search(
      Evidence run,
      Evidence other,
      Map<String, String> secrets,
      Host host,
      Consumer<Intervention> progress) {
    this.run = run;
    this.other = other;
    this.secrets = Map.copyOf(secrets);
    this.host = host;
    this.progress = progress;
  }

  /** Replays until the cause is proved, or nothing is left to be tried. */
  public Explanation explain() throws IOException {
    Instant began = host.clock().instant();
    SideBySide both = SideBySide.of(run.run(), other.run());
    Integer step = null;
    Found found = Found.NO_DIFFERENCE;
    if (both.compared().verdict() == Verdict.NOT_RUN) {
      found =
          Found.nothing(
              "the two runs have no step in common; name two in which the same cells were executed");
    } else if (!both.isSame()) {
      step = both.compared().divergences().get(0).step();
      found = search(both.upToFirst());
    }
    Instant now = host.clock().instant();
    return new Explanation(
        run.run().run(),
        other.run().run(),
        now,
        both.compared().verdict(),
        step,
        found.cause(),
        found.why(),
        Duration.between(began, now).toMillis(),
        interventions);
  }

  /** From the older run to the newer; or the other way round, if only that one repeats itself. */
  private Found search(List<Pair> pairs) throws IOException {
    List<Pair> turned =
        pairs.stream().map(it -> new Pair(/* left= */ it.right(), /* right= */ it.left())).toList();
    Path there = new Path(other, run, turned);
    Trial.Result older = there.attempt(List.of());
    if (older.asBase()) {
      return there.search();
    }
    Path back = new Path(run, other, pairs);
    Trial.Result newer = back.attempt(List.of());
    if (newer.asBase()) {
      Found found = back.search();
      String command = new Unsteady(turned).child();
      return found.cause() != null || command == null ? found : Unsteady.byExclusion(command);
    }
    return new Unsteady(pairs).why(newer, back::attempt);
  }

  /** The way from one of the two runs to the other. */
  private final class Path {
    private final Trial trial;
    private final List<Factor> factors;
    private final Environment.Jdk jdk;

    Path(Evidence base, Evidence goal, List<Pair> pairs) {
      Differences all = new Differences(base, goal, pairs);
      this.jdk = goal.run().environment().jdk();
      this.factors = all.factors().stream().filter(it -> canBeSwapped(it.kind())).toList();
      Host both =
          new Host(
              new Both(base, goal, all.bytes()),
              host.variables(),
              host.installation(),
              host.clock(),
              host.chance());
      this.trial = new Trial(base.run(), goal.run(), pairs, secrets, both);
    }

    /** On another JDK than the one that is to be tried, a replay would prove nothing of it. */
    private boolean canBeSwapped(Explanation.Factor kind) {
      return kind != Explanation.Factor.JDK || isInstalled();
    }

    private boolean isInstalled() {
      return Jdks.installed(host.variables(), jdk.home()).nearest(jdk).is(jdk);
    }

    Found search() throws IOException {
      Map<Explanation.Factor, List<Factor>> kinds = new EnumMap<>(Explanation.Factor.class);
      factors.forEach(it -> kinds.computeIfAbsent(it.kind(), kind -> new ArrayList<>()).add(it));
      List<Factor> makeADifference = new ArrayList<>();
      for (List<Factor> kind : kinds.values()) {
        Trial.Result result = attempt(kind);
        if (result.asOther()) {
          return proved(fewest(kind));
        }
        if (!result.asBase()) {
          makeADifference.addAll(kind);
        }
      }
      for (List<Factor> together : List.of(makeADifference, factors)) {
        if (kinds.size() > 1 && !together.isEmpty() && attempt(together).asOther()) {
          return proved(fewest(together));
        }
      }
      if (!isInstalled()) {
        return Found.nothing(
            "a JDK %s of %s, which one of them had, is not installed here and could not be tried;"
                    .formatted(jdk.version(), jdk.vendor())
                + " install one and explain it again");
      }
      return Found.nothing(
          factors.isEmpty()
              ? "nothing that is recorded of the two runs differs; what does is not recorded"
              : "with all that is recorded as the other run had it, it does not come out as that one");
    }

    /** Leaves out halves, quarters and so on as long as the rest does it (Zeller's ddmin). */
    private List<Factor> fewest(List<Factor> enough) throws IOException {
      List<Factor> rest = enough;
      int parts = 2;
      while (rest.size() > 1 && interventions.size() < MOST_REPLAYS) {
        List<Factor> fewer = fewer(rest, parts);
        if (fewer != null) {
          parts = 2;
          rest = fewer;
        } else if (parts >= rest.size()) {
          return rest;
        } else {
          parts = Math.min(rest.size(), parts * 2);
        }
      }
      return rest;
    }

    private @Nullable List<Factor> fewer(List<Factor> enough, int parts) throws IOException {
      for (int i = 0; i < parts; i++) {
        int from = enough.size() * i / parts;
        int to = enough.size() * (i + 1) / parts;
        List<Factor> part = enough.subList(from, to);
        if (part.size() < enough.size() && attempt(part).asOther()) {
          return List.copyOf(part);
        }
      }
      for (int i = 0; parts > 2 && i < parts; i++) {
        List<Factor> rest = new ArrayList<>(enough.subList(0, enough.size() * i / parts));
        rest.addAll(enough.subList(enough.size() * (i + 1) / parts, enough.size()));
        if (attempt(rest).asOther()) {
          return rest;
        }
      }
      return null;
    }

    private Trial.Result attempt(List<Factor> swapped) throws IOException {
      Trial.Result result = trial.with(swapped, words(swapped));
      interventions.add(result.intervention());
      progress.accept(result.intervention());
      return result;
    }
  }

  private static Found proved(List<Factor> factors) {
    return Found.proved(
        factors.stream()
            .collect(
                Collectors.groupingBy(
                    Factor::kind,
                    () -> new EnumMap<>(Explanation.Factor.class),
                    Collectors.toList()))
            .entrySet()
            .stream()
            .map(it -> "%s (%s)".formatted(it.getKey(), words(it.getValue())))
            .collect(Collectors.joining(" together with ")));
  }

  private static String words(Collection<Factor> factors) {
    return factors.stream().map(Factor::what).collect(Collectors.joining(", "));
  }
}
