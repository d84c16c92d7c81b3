package reprise.reproducer.attempt;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.Step;
import reprise.reproducer.comparison.Comparison;

/**
 * Watches an attempt beside its golden run, and ends it at the first step that does not end as it
 * did there: what follows would work on what that step left behind.
 */
final class Failure implements Consumer<RunEvent> {
  private final Iterator<Step> golden;
  private final Consumer<RunEvent> progress;
  private @Nullable RunId run;
  private @Nullable SessionId session;

  Failure(Run golden, Consumer<RunEvent> progress) {
    this.golden = golden.history().stream().filter(Comparison::canBeReplayed).iterator();
    this.progress = progress;
  }

  /** Ends the replay; the message says which step it was, and how it ended. */
  static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String sentence) {
      super(sentence);
    }
  }

  @Override
  public void accept(RunEvent event) {
    progress.accept(event);
    if (event instanceof RunEvent.RunOpened opened) {
      run = opened.run();
      session = opened.session();
    }
    if (event instanceof RunEvent.CellEnded ended && golden.hasNext()) {
      Step expected = golden.next();
      boolean succeeded = expected.outcome() != null && expected.outcome().succeeded();
      if (succeeded && !ended.outcome().succeeded()) {
        throw new StepFailed("step %d %s".formatted(expected.step(), words(ended.outcome())));
      }
    }
  }

  /**
   * Why what was executed is not the whole; null if it is. To be asked when nothing comes any more.
   */
  @Nullable String broken() {
    return golden.hasNext()
        ? "step %d came to no end, for its JVM was killed".formatted(golden.next().step())
        : null;
  }

  /** The run that the attempt became; null as long as it is none. */
  @Nullable RunId run() {
    return run;
  }

  /** In whose journal that run stands; null as long as there is none. */
  @Nullable SessionId session() {
    return session;
  }

  private static String words(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      String message = failed.message();
      String line = message == null ? "" : message.strip().lines().findFirst().orElse("");
      return "failed with "
          + String.join(
              ": ",
              line.isEmpty() ? List.of(failed.exception()) : List.of(failed.exception(), line));
    }
    return outcome instanceof Outcome.Exited ? "ended the JVM" : "was interrupted";
  }
}
