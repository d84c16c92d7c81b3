package reprise.extension.capture;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reprise.extension.load.Gpu;
import reprise.extension.load.LoadMeter;
import reprise.ledger.Load;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;

/**
 * Looks at the machine while a step takes long. Nothing is measured, and none of this is loaded,
 * before a step has taken two seconds.
 */
final class LoadSampler {
  private static final long LONG_MILLIS = 2_000;
  private static final long BETWEEN_MILLIS = 1_000;

  /** Looks become rarer: a step of a day is told in a few hundred, not in 86,400. */
  private static final long MOST_AT_FULL_PACE = 60;

  private final Logbook log;
  private final ScheduledThreadPoolExecutor pace;
  private @Nullable ScheduledFuture<?> next;
  private @Nullable Gpu gpu;
  private long generation;

  LoadSampler(Logbook log) {
    this.log = log;
    this.pace =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "reprise-load");
              thread.setDaemon(true);
              return thread;
            });
    pace.setRemoveOnCancelPolicy(true);
  }

  /** A step begins. */
  synchronized void begin() {
    end();
    long mine = generation;
    RunId run = log.run();
    int step = log.step();
    next = pace.schedule(() -> first(mine, run, step), LONG_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The step is over. */
  synchronized void end() {
    generation++;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  private void first(long of, RunId run, int step) {
    Gpu known = gpu == null ? Gpu.on(System.getenv("PATH")) : gpu;
    gpu = known;
    LoadMeter meter = new LoadMeter(known);
    again(of, () -> look(of, run, step, meter, 1), BETWEEN_MILLIS);
  }

  /** Measures before it writes: whoever prints must not wait for a GPU to answer. */
  private void look(long of, RunId run, int step, LoadMeter meter, long count) {
    Load load = meter.read(log.now());
    log.attempt(
        () -> {
          if (isStill(of)) {
            log.append(
                n -> new RunEvent.LoadSampled(log.session().id(), n, load.at(), run, step, load));
          }
        });
    long millis = BETWEEN_MILLIS * Math.max(1, count / MOST_AT_FULL_PACE);
    again(of, () -> look(of, run, step, meter, count + 1), millis);
  }

  private synchronized boolean isStill(long of) {
    return of == generation;
  }

  private synchronized void again(long of, Runnable task, long millis) {
    if (isStill(of)) {
      next = pace.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }
}
