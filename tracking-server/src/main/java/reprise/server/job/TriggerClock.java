package reprise.server.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.Trigger;
import reprise.server.job.JobTable.Due;
import reprise.server.job.time.Schedule;

/**
 * Fires triggers when their time comes. It remembers up to where it has looked at each, so times
 * that passed while nobody looked are found; a time that was fired once is never fired again,
 * whatever the clock does, for it is the key of its firing.
 */
final class TriggerClock {
  /** What is at most so late was not missed. */
  private static final Duration PUNCTUAL = Duration.ofMinutes(1);

  /** What was seen further ahead was seen by a clock that has been set back since. */
  static final Duration SET_BACK = Duration.ofSeconds(10);

  private static final int BATCH = 500;
  private static final int MOST_PASSED = 100_000;

  private static final int MOST_READ = 500;

  /** Cron expressions as they were understood, which takes longer than all else here. */
  private final Map<Trigger, Schedule> read =
      new LinkedHashMap<>(MOST_READ, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Trigger, Schedule> eldest) {
          return size() > MOST_READ;
        }
      };

  private final Jdbi jdbi;
  private final Firings firings;
  private final InstantSource clock;

  TriggerClock(Jdbi jdbi, Firings firings, InstantSource clock) {
    this.jdbi = jdbi;
    this.firings = firings;
    this.clock = clock;
  }

  /** Deals with all that is due; returns how many triggers that were. */
  int tick() {
    int all = 0;
    int some;
    do {
      some = jdbi.inTransaction(this::batch);
      all += some;
    } while (some == BATCH);
    return all;
  }

  private int batch(Handle handle) {
    JobTable table = handle.attach(JobTable.class);
    Instant now = clock.instant();
    List<Due> due = table.due(now, now.plus(SET_BACK), BATCH);
    Map<JobName, Job> jobs = new HashMap<>();
    table.ofTriggers(due.stream().map(Due::id).toList()).forEach(it -> jobs.put(it.job(), it));
    List<Firings.Called> called = new ArrayList<>();
    List<JobTable.Looked> looked = new ArrayList<>();
    for (Due trigger : due) {
      Job job = jobs.get(trigger.job());
      if (job != null) {
        looked.add(look(job, trigger, now, called));
      }
    }
    firings.fireAll(handle, called);
    table.look(looked);
    return due.size();
  }

  /** What there is to do about a trigger: adds its occasions, and says when to look again. */
  private JobTable.Looked look(Job job, Due due, Instant now, List<Firings.Called> called) {
    Schedule schedule = schedule(due);
    boolean held = job.paused() && job.policy().whilePaused() == JobPolicy.WhilePaused.KEEP;
    if (!job.paused()) {
      occasions(job, due, schedule, now).forEach(it -> called.add(new Firings.Called(job, it)));
    }
    return new JobTable.Looked(
        due.id(), held ? earlier(due.seenTo(), now) : now, schedule.after(now).orElse(null));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Schedule schedule(Due due) {
    Trigger trigger = due.trigger();
    if (!(trigger instanceof Trigger.Cron)) {
      return Schedule.of(trigger, due.seenTo());
    }
    synchronized (read) {
      return read.computeIfAbsent(trigger, it -> Schedule.of(it, due.seenTo()));
    }
  }

  private static List<Firings.Occasion> occasions(
      Job job, Due due, Schedule schedule, Instant now) {
    List<Firings.Occasion> occasions = new ArrayList<>();
    Passed passed = Passed.between(due.seenTo(), now, schedule);
    List<Instant> wanted = passed.wanted(job.policy(), now.minus(PUNCTUAL));
    int leftOut = passed.times() - wanted.size();
    for (Instant time : wanted) {
      String missed =
          leftOut > 0 && time.equals(wanted.get(wanted.size() - 1))
              ? "; %d earlier %s passed over".formatted(leftOut, leftOut == 1 ? "time" : "times")
              : "";
      occasions.add(
          new Firings.Occasion(key(time), cause(due.trigger()) + missed, false, time, Map.of()));
    }
    return occasions;
  }

  /** What makes a time of a job's the same time, whichever trigger names it. */
  static String key(Instant time) {
    return "at:" + time;
  }

  static String cause(Trigger trigger) {
    if (trigger instanceof Trigger.Cron cron) {
      return "cron %s (%s)".formatted(cron.expression(), cron.zone());
    }
    return trigger instanceof Trigger.Every every
        ? "every %d s".formatted(every.seconds())
        : "once";
  }

  /**
   * The times that passed.
   *
   * @param last the latest of them, first to last
   */
  private record Passed(int times, List<Instant> last) {

    static Passed between(Instant seenTo, Instant now, Schedule schedule) {
      List<Instant> all = new ArrayList<>();
      Optional<Instant> time = schedule.after(earlier(seenTo, now));
      while (time.isPresent() && !time.get().isAfter(now) && all.size() < MOST_PASSED) {
        all.add(time.get());
        time = schedule.after(time.get());
      }
      return new Passed(all.size(), all);
    }

    List<Instant> wanted(JobPolicy policy, Instant punctual) {
      int most =
          switch (policy.catchUp()) {
            case NONE -> (int) last.stream().filter(it -> it.isAfter(punctual)).limit(1).count();
            case LATEST -> 1;
            case ALL -> policy.catchUpMost();
          };
      return last.subList(Math.max(0, last.size() - most), last.size());
    }
  }

  /** The times of these triggers within a stretch, without those that are named twice. */
  static List<Instant> times(List<Trigger> triggers, Instant from, Instant to) {
    List<Instant> times = new ArrayList<>();
    for (Trigger trigger : triggers) {
      Schedule schedule = Schedule.of(trigger, from);
      Optional<Instant> time = schedule.after(from.minusNanos(1));
      while (time.isPresent() && !time.get().isAfter(to) && times.size() <= MOST_PASSED) {
        times.add(time.get());
        time = schedule.after(time.get());
      }
    }
    return times.stream().distinct().sorted().toList();
  }
}
