package reprise.reproducer.cause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reprise.ledger.Digest;
import reprise.ledger.Listing;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Alignment.Pair;
import reprise.reproducer.evidence.Evidence;

/** All in which two recorded runs differ before they are executed again, up to a step. */
final class Differences {
  private final Evidence base;
  private final Evidence goal;
  private final List<Pair> pairs;
  private final CodeFactors code = new CodeFactors();
  private final List<Factor> factors = new ArrayList<>();

  /**
   * @param pairs those of {@code base} on the left; the last one has both
   */
  Differences(Evidence base, Evidence goal, List<Pair> pairs) {
    this.base = base;
    this.goal = goal;
    this.pairs = pairs;
    Run ours = base.run();
    Run theirs = goal.run();
    factors.addAll(EnvironmentFactors.between(ours.environment(), theirs.environment()));
    factors.addAll(HistoryFactors.between(pairs));
    for (int place = 0; place < pairs.size(); place++) {
      addSteps(place, pairs.get(place));
    }
    List<Factor> data =
        new DataFactors(
                pairs,
                ours.environment().workingDirectory(),
                theirs.environment().workingDirectory(),
                this::listing)
            .all();
    factors.addAll(data);
    Set<String> known = new HashSet<>();
    data.forEach(factor -> known.add(factor.what()));
    addCode(known);
    factors.sort(Comparator.comparing(Factor::kind));
  }

  private void addSteps(int place, Pair pair) {
    Step left = pair.left();
    Step right = pair.right();
    if (left != null && right != null) {
      factors.addAll(SourceFactors.between(place, left, right));
      factors.addAll(StepFactors.between(place, left, right));
      factors.addAll(ChanceFactors.between(place, left, right));
    }
  }

  private void addCode(Set<String> known) {
    Pair last = pairs.get(pairs.size() - 1);
    Step left = last.left();
    Step right = last.right();
    if (left != null && right != null) {
      factors.addAll(code.between(base, left, goal, right, known));
    }
  }

  /** Those that are tried first come first. */
  List<Factor> factors() {
    return factors;
  }

  /** Bytes that factors put into place and that are blobs nowhere. */
  Map<Digest, byte[]> bytes() {
    return code.bytes();
  }

  private Optional<Listing> listing(Digest digest) {
    try {
      for (Evidence evidence : List.of(base, goal)) {
        if (evidence.missing(List.of(digest)).isEmpty()) {
          try (InputStream bytes = evidence.blob(digest)) {
            return Optional.of(Listing.of(bytes.readAllBytes()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
