package reprise.server.live;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Wire;
import reprise.server.db.Bulletin;

/**
 * Tells everyone who watches what has just happened, here or at another server of the database.
 * Never waits for anybody.
 */
public final class LiveFeed implements AutoCloseable {
  private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();
  private final Bulletin bulletin;

  /** Hears from {@code bulletin} what others tell, and tells them. */
  public LiveFeed(Bulletin bulletin) {
    this.bulletin = bulletin;
    bulletin.read(text -> tellHere(Wire.read(text, Told.class)));
  }

  /**
   * A piece of news on its way.
   *
   * @param about the runs that it concerns; none for news that concern everyone
   * @param message as watchers are given it
   */
  private record Told(List<RunId> about, String message) {}

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
    boolean elsewhere = bulletin.hasReaders();
    if (watchers.isEmpty() && !elsewhere) {
      return;
    }
    Told told = new Told(about, "event: " + kind + "\ndata: " + Wire.write(news) + "\n\n");
    tellHere(told);
    if (elsewhere) {
      bulletin.tell(Wire.write(told));
    }
  }

  private void tellHere(Told told) {
    watchers.stream()
        .filter(watcher -> watcher.wantsToKnow(told.about))
        .forEach(watcher -> watcher.hear(told.message));
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
