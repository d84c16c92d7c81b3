package reprise.ledger;

import java.util.List;

/**
 * A part of a run that needs a JVM of its own and no more, for nothing but files crosses between it
 * and the others.
 *
 * @param number from 1
 * @param steps in their order, those that prepare among them
 * @param after the stages whose files it reads
 * @param millis what its own steps took, without those that prepare for several
 */
public record Stage(int number, List<Integer> steps, List<Integer> after, long millis) {
  public Stage {
    steps = List.copyOf(steps);
    after = List.copyOf(after);
  }
}
