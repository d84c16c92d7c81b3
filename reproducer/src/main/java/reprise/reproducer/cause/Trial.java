package reprise.reproducer.cause;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Explanation.Intervention;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.reproducer.comparison.Alignment.Pair;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.comparison.Forgiveness;
import reprise.reproducer.replay.Alterations;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.Standard;

/**
 * Replays of one run with some of what another had, each held against both of them.
 *
 * @param pairs the steps up to the first that came out otherwise, those of {@code base} on the left
 */
record Trial(Run base, Run other, List<Pair> pairs, Map<String, String> secrets, Host host) {
  /** What came of one replay. */
  record Result(Intervention intervention, boolean asBase, @Nullable Run replayed) {
    boolean asOther() {
      return intervention.asOther();
    }
  }

  /** Replays with {@code swapped} as the other run had it. */
  Result with(List<Factor> swapped, String what) throws IOException {
    Draft draft = new Draft(base, pairs);
    swapped.forEach(factor -> factor.swap().in(draft));
    Run hybrid = draft.run();
    ReplayRequest request = new ReplayRequest(hybrid, Alterations.NONE, secrets, host);
    Reproduction reproduction = request.fulfil(Standard.STRICT, count -> {}, event -> {});
    Run replayed = request.replayed();
    Map<Integer, Step> byPlace = byPlace(draft, hybrid, replayed);
    boolean asBase = replayed != null && isAs(true, byPlace, replayed);
    boolean asOther = replayed != null && isAs(false, byPlace, replayed);
    Verdict verdict =
        replayed == null ? Verdict.NOT_RUN : asBase ? Verdict.IDENTICAL : Verdict.DIVERGED;
    RunId id = replayed == null ? null : replayed.run();
    return new Result(
        new Intervention(
            swapped.isEmpty() ? reprise.ledger.Explanation.Factor.NOTHING : swapped.get(0).kind(),
            what,
            base.run(),
            verdict,
            asOther,
            id,
            reproduction.tookMillis()),
        asBase,
        replayed);
  }

  private static Map<Integer, Step> byPlace(Draft draft, Run hybrid, @Nullable Run replayed) {
    Map<Integer, Step> steps = new TreeMap<>();
    if (replayed != null) {
      Map<Integer, Step> byNumber = Comparison.pair(hybrid, replayed);
      List<Integer> present = draft.present();
      byNumber.forEach((number, step) -> steps.put(present.get(number - 1), step));
    }
    return steps;
  }

  /** Whether the steps that were executed came out as they had in the one run or in the other. */
  private boolean isAs(boolean left, Map<Integer, Step> byPlace, Run replayed) {
    List<Step> steps = new ArrayList<>();
    Map<Integer, Step> byNumber = new TreeMap<>();
    byPlace.forEach(
        (place, again) -> {
          Pair pair = pairs.get(place);
          Step once = left ? pair.left() : pair.right();
          if (once != null) {
            steps.add(once);
            byNumber.put(once.step(), again);
          }
        });
    Reproduction compared =
        Comparison.of(
            (left ? base : other).only(steps),
            replayed,
            byNumber,
            List.of(),
            Forgiveness.NONE,
            host.clock().instant(),
            Duration.ZERO);
    return compared.divergences().isEmpty() && byPlace.containsKey(pairs.size() - 1);
  }
}
