package reprise.server.replay;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Origin;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.server.http.Refusal;
import reprise.server.replay.Replaying.Purpose;
import reprise.server.reproducer.Reproducer;

/**
 * Has the reproducer replay runs, one replay of a run at a time, and follows what becomes of it.
 */
public final class Replays implements AutoCloseable {
  private final Replayings replayings;
  private final String server;
  private final @Nullable String command;
  private final InstantSource clock;
  private final Consumer<Replaying> live;
  private final Set<Reproducer> atWork = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param server whose replays these are: the same when it is started again
   * @param command the reproducer; null if none was given
   * @param live hears of every change
   */
  public Replays(
      Jdbi jdbi,
      String server,
      @Nullable String command,
      InstantSource clock,
      Consumer<Replaying> live) {
    this.replayings = jdbi.onDemand(Replayings.class);
    this.server = server;
    this.command = command;
    this.clock = clock;
    this.live = live;
    forgetLost();
  }

  /** What was under way when a former server died has no one any more who would say how it ends. */
  private void forgetLost() {
    replayings
        .allUnderWay(server)
        .forEach(
            lost ->
                replayings.put(
                    lost.failed("the server was stopped meanwhile; replay again"), server));
  }

  /**
   * Starts to replay {@code run}.
   *
   * @param environment how the reproducer finds its way back to this server
   * @throws Refusal 503 if there is no reproducer, 409 if one is at this run already
   */
  synchronized Replaying start(RunId run, Purpose purpose, Map<String, String> environment)
      throws IOException {
    String verb = purpose == Purpose.CAUSE ? "explain" : "replay";
    if (command == null || closed) {
      throw new Refusal(
          503,
          "this server was started without --replay-command; use the command line: reprise %s %s"
              .formatted(verb, run));
    }
    if (replayings.underWay(run, server).isPresent()) {
      throw new Refusal(409, "run %s is being replayed already; wait for its end".formatted(run));
    }
    Reproducer reproducer =
        Reproducer.start(
            command, List.of(verb, run.value()), environment, Reproducer.Priority.USUAL);
    atWork.add(reproducer);
    Replaying started =
        new Replaying(
            UUID.randomUUID().toString(),
            run,
            purpose,
            Replaying.State.STARTING,
            null,
            null,
            clock.instant());
    change(started);
    Thread follower = new Thread(() -> follow(reproducer, started), "replay of " + run);
    follower.setDaemon(true);
    follower.start();
    return started;
  }

  private void follow(Reproducer reproducer, Replaying started) {
    try {
      end(started, reproducer.complaint());
    } catch (IOException e) {
      end(started, Optional.of("the reproducer could not be followed: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atWork.remove(reproducer);
    }
  }

  private synchronized void end(Replaying started, Optional<String> complaint) {
    if (!closed) {
      Replaying now = replayings.get(started.id()); // it may have become a run meanwhile
      change(complaint.map(now::failed).orElseGet(now::done));
    }
  }

  private void change(Replaying now) {
    replayings.put(now, server);
    live.accept(now);
  }

  /** Recognises, in what is taken in, the run that a replay under way has become. */
  public synchronized void hear(RunEvent event) {
    if (event instanceof RunEvent.RunOpened opened
        && opened.origin() instanceof Origin.Replay replay) {
      replayings
          .before(replay.of(), opened.session(), server)
          .ifPresent(it -> change(it.become(opened.run())));
    }
  }

  List<Replaying> of(RunId run) {
    return replayings.of(run);
  }

  @Override
  public synchronized void close() {
    closed = true;
    atWork.forEach(Reproducer::kill);
  }
}
