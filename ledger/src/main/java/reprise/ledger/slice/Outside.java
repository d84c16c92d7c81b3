package reprise.ledger.slice;

import java.util.HashSet;
import java.util.Set;
import reprise.ledger.Chance;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Step;

/** Ways from one step to another that go through the world outside the session. */
final class Outside {
  private Outside() {}

  /** Whether something of {@code later} may depend on what {@code earlier} left out there. */
  static boolean links(Step earlier, Step later) {
    return meetInFiles(earlier, later) || meetElsewhere(earlier, later);
  }

  /** The same but for files: ways that do not lead from one JVM to another. */
  static boolean meetElsewhere(Step earlier, Step later) {
    return meetInConnections(earlier, later)
        || meetInProcesses(earlier, later)
        || meetInEngine(earlier, later);
  }

  static boolean meetInFiles(Step earlier, Step later) {
    Set<String> left = new HashSet<>();
    for (Data data : earlier.data()) {
      if (data.direction() == Direction.WRITTEN || data.direction() == Direction.DELETED) {
        left.add(data.path());
        left.add(data.path().substring(0, Math.max(0, data.path().lastIndexOf('/'))) + "/*");
      }
    }
    return later.data().stream()
        .anyMatch(
            data ->
                left.contains(data.path())
                    || (data.direction() == Direction.LISTED && left.contains(data.path() + "/*")));
  }

  private static boolean meetInConnections(Step earlier, Step later) {
    Set<String> open = new HashSet<>();
    earlier.data().stream()
        .filter(data -> data.direction() == Direction.CONNECTED)
        .forEach(data -> open.add(data.path()));
    return later.data().stream()
        .anyMatch(data -> data.direction() == Direction.CONNECTED && open.contains(data.path()));
  }

  /** One process may have left something for the next, and one that still runs for anybody. */
  private static boolean meetInProcesses(Step earlier, Step later) {
    return (!earlier.children().isEmpty() && !later.children().isEmpty())
        || earlier.children().stream().anyMatch(child -> child.exitCode() == null);
  }

  /** A native engine has one source of random numbers for all. */
  private static boolean meetInEngine(Step earlier, Step later) {
    return drawsFromEngine(later) && (drawsFromEngine(earlier) || !earlier.engines().isEmpty());
  }

  private static boolean drawsFromEngine(Step step) {
    Chance chance = step.chance();
    return chance != null && chance.used().contains(Chance.Source.ENGINE);
  }
}
