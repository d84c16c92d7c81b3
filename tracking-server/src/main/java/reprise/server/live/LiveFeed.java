package reprise.server.live;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Wire;

/** Tells everyone who watches what has just happened. Never waits for anybody. */
public final class LiveFeed implements AutoCloseable {
  private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();

  public void tell(RunEvent event) {
    tell("run-event", event, event.run() == null ? List.of() : List.of(event.run()));
  }

  public void tell(Reproduction reproduction) {
    tell("reproduction", reproduction, about(reproduction.run(), reproduction.replay()));
  }

  /** Tells {@code news} of a kind that this package need not know, concerning these runs. */
  public void tell(String kind, Object news, RunId run, @Nullable RunId replay) {
    tell(kind, news, about(run, replay));
  }

  /** Tells {@code news} that concern no run in particular. */
  public void tell(String kind, Object news) {
    tell(kind, news, List.of());
  }

  private static List<RunId> about(RunId run, @Nullable RunId replay) {
    return replay == null ? List.of(run) : List.of(run, replay);
  }

  private void tell(String kind, Object news, List<RunId> about) {
    if (watchers.isEmpty()) {
      return;
    }
    String message = "event: " + kind + "\ndata: " + Wire.write(news) + "\n\n";
    watchers.stream()
        .filter(watcher -> watcher.wantsToKnow(about))
        .forEach(watcher -> watcher.hear(message));
  }

  /** A new watcher, of one run or of everything. It hears what is told from now on. */
  Watcher join(@Nullable RunId run) {
    Watcher watcher = new Watcher(run);
    watchers.add(watcher);
    return watcher;
  }

  void leave(Watcher watcher) {
    watchers.remove(watcher);
  }

  int size() {
    return watchers.size();
  }

  @Override
  public void close() {
    watchers.forEach(Watcher::dismiss);
  }
}
