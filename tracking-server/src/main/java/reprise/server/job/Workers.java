package reprise.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import reprise.ledger.AttemptId;

/**
 * Hands out attempts to threads, each to one only, over all servers of a database. Who carries one
 * out gives a sign of life every few seconds; when that stays away, the attempt is given up as lost
 * within 15 seconds, and whoever should still be at it finds that it no longer counts.
 */
final class Workers implements AutoCloseable {
  // Dead after four; looked for every second heartbeat: 8 s and at most 4 s more.
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int MISSED_HEARTBEATS = 4;
  // What is claimed here begins at once; this is for what other servers have claimed.
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final Duration SET_BACK = Duration.ofSeconds(10);
  private static final String TASK = "attempt";

  private final Scheduler scheduler;
  private final OneTimeTask<Void> task;
  private final Set<AttemptId> here = ConcurrentHashMap.newKeySet();
  private final InstantSource clock;

  /**
   * @param table in which attempts are claimed
   * @param name of this process, unlike that of any other
   * @param threads how many attempts may be at work here at once
   * @param carryOut carries an attempt out, in a thread of its own
   * @param lost told of an attempt whose worker is gone
   * @param goesOn whether an attempt needs no worker to go on, only one to wait for it
   */
  Workers(
      DataSource database,
      String table,
      String name,
      int threads,
      InstantSource clock,
      Consumer<AttemptId> carryOut,
      Consumer<AttemptId> lost,
      Predicate<AttemptId> goesOn) {
    this.clock = clock;
    this.task =
        Tasks.oneTime(TASK)
            .onDeadExecution(
                (dead, operations) -> {
                  AttemptId id = new AttemptId(dead.getExecution().taskInstance.getId());
                  if (here.contains(id)) {
                    return; // a clock was set forward, and nobody has died
                  }
                  if (goesOn.test(id)) {
                    operations.reschedule(dead, clock.instant());
                  } else {
                    lost.accept(id);
                    operations.stop();
                  }
                })
            .onFailure((failed, operations) -> operations.stop())
            .execute((instance, context) -> work(new AttemptId(instance.getId()), carryOut));
    this.scheduler =
        Scheduler.create(database, List.of(task))
            .schedulerName(new SchedulerName.Fixed(name))
            .tableName(table)
            .threads(threads)
            .clock(clock::instant)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_END)
            .enableImmediateExecution()
            .build();
  }

  private void work(AttemptId id, Consumer<AttemptId> carryOut) {
    here.add(id);
    try {
      carryOut.accept(id);
    } finally {
      here.remove(id);
    }
  }

  void start() {
    scheduler.start();
  }

  /** Has an attempt carried out as soon as a hand is free; asked twice, it is done once. */
  void claim(AttemptId id) {
    Instant now = clock.instant();
    if (!scheduler.scheduleIfNotExists(task.instance(id.value()), now)) {
      callBack(id, now);
    }
  }

  /** What was to begin before the clock was set back would wait for that time to come again. */
  private void callBack(AttemptId id, Instant now) {
    scheduler
        .getScheduledExecution(task.instanceId(id.value()))
        .filter(it -> !it.isPicked() && it.getExecutionTime().isAfter(now.plus(SET_BACK)))
        .ifPresent(it -> scheduler.reschedule(task.instanceId(id.value()), now));
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
