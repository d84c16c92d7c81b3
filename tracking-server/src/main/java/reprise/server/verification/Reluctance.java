package reprise.server.verification;

import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Data;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.server.db.EventLog;

/**
 * What speaks against replaying a run without being asked. A replay writes nowhere outside its
 * workspace and is offline, but a program that a cell starts does what it does, and a database
 * server would be written to once more.
 */
final class Reluctance {
  private final Jdbi jdbi;

  Reluctance(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Why {@code run} is not replayed, in one sentence; empty if it may be. */
  Optional<String> of(RunId run) {
    TreeSet<String> reasons = new TreeSet<>();
    Run whole =
        jdbi.withHandle(handle -> Run.of(run, new EventLog(handle).upTo(run)).orElseThrow());
    for (Step step : whole.history()) {
      if (!step.children().isEmpty()) {
        reasons.add("step %d starts other programs".formatted(step.step()));
      }
      step.data().stream()
          .filter(data -> data.direction() == Data.Direction.CONNECTED)
          .forEach(data -> reasons.add("step %d uses %s".formatted(step.step(), data.path())));
    }
    return reasons.stream()
        .findFirst()
        .map(first -> first + "; replay it yourself if that may be done again");
  }
}
