package reprise.server.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import reprise.ledger.JobName;
import reprise.ledger.Placement;

/** How jobs stand in the database, so that it is the same whichever of its servers is asked. */
final class JobGauges {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final MultiGauge queued;
  private final MultiGauge paused;
  private final MultiGauge sinceSuccess;
  private final MultiGauge atWork;
  private final MultiGauge silence;
  private final AtomicLong undelivered = new AtomicLong();

  JobGauges(Jdbi jdbi, InstantSource clock, MeterRegistry registry) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.queued =
        MultiGauge.builder("reprise.firings.queued")
            .description("Firings that wait for their turn")
            .register(registry);
    this.paused =
        MultiGauge.builder("reprise.job.paused")
            .description("1 for a job that is paused")
            .register(registry);
    this.sinceSuccess =
        MultiGauge.builder("reprise.job.since.success")
            .description("Age of a job's last success, or of the job if it has none")
            .baseUnit("seconds")
            .register(registry);
    this.atWork =
        MultiGauge.builder("reprise.attempts.at.work")
            .description("Attempts that are under way")
            .register(registry);
    this.silence =
        MultiGauge.builder("reprise.watch.silence")
            .description("Since when a thread of this server that keeps jobs going has not looked")
            .baseUnit("seconds")
            .register(registry);
    Gauge.builder("reprise.alerts.waiting", undelivered, AtomicLong::get)
        .description("Alerts that are still to be delivered")
        .register(registry);
  }

  /** What the gauges ask. Each follows an index, however long the history is. */
  @RegisterConstructorMapper(Question.Standing.class)
  @RegisterConstructorMapper(Question.Busy.class)
  interface Question {
    /**
     * A job as a line of gauges.
     *
     * @param lastSuccess when it was made, if it never succeeded
     */
    record Standing(JobName job, boolean paused, Instant lastSuccess, int queued) {}

    /** How many attempts are at work somewhere. */
    record Busy(String place, int attempts) {}

    @SqlQuery(
        """
        SELECT j.job, j.paused,
          coalesce(
            (SELECT max(recent.ended_at) FROM
              (SELECT f.ended_at FROM firing f WHERE f.job = j.job AND f.status = 'SUCCEEDED'
                ORDER BY f.firing DESC LIMIT :recent) recent),
            j.created_at) AS last_success,
          (SELECT count(*) FROM firing f
            WHERE f.job = j.job AND f.status IN ('QUEUED', 'RUNNING') AND f.status = 'QUEUED')
            AS queued
        FROM job j ORDER BY j.job
        """)
    List<Standing> jobs(@Bind("recent") int recent);

    @SqlQuery(
        """
        SELECT place, count(*) AS attempts FROM attempt
        WHERE status IN ('WAITING', 'RUNNING') AND status = 'RUNNING' GROUP BY place
        """)
    List<Busy> busy();

    @SqlQuery("SELECT count(*) FROM alert WHERE next_at IS NOT NULL")
    long undelivered();
  }

  // One that is repaired ends after others that are newer.
  private static final int RECENT = 20;

  /**
   * Asks.
   *
   * @param silences of each thread of this server that should look again and again
   */
  void look(Map<String, Duration> silences) {
    Instant now = clock.instant();
    List<Question.Standing> jobs = jdbi.withExtension(Question.class, it -> it.jobs(RECENT));
    tell(queued, jobs, Question.Standing::queued);
    tell(paused, jobs, it -> it.paused() ? 1 : 0);
    tell(sinceSuccess, jobs, it -> seconds(Duration.between(it.lastSuccess(), now)));
    List<Question.Busy> busy = jdbi.withExtension(Question.class, Question::busy);
    atWork.register(
        Stream.of(Placement.LOCAL, Placement.SLURM)
            .map(place -> MultiGauge.Row.of(Tags.of("place", place), at(place, busy)))
            .toList(),
        true);
    silence.register(
        silences.entrySet().stream()
            .map(it -> MultiGauge.Row.of(Tags.of("watch", it.getKey()), seconds(it.getValue())))
            .toList(),
        true);
    undelivered.set(jdbi.withExtension(Question.class, Question::undelivered));
  }

  private static void tell(
      MultiGauge gauge, List<Question.Standing> jobs, ToDoubleFunction<Question.Standing> value) {
    gauge.register(
        jobs.stream()
            .map(it -> MultiGauge.Row.of(Tags.of("job", it.job().value()), value.applyAsDouble(it)))
            .toList(),
        true);
  }

  private static int at(String place, List<Question.Busy> busy) {
    return busy.stream()
        .filter(it -> it.place().equals(place))
        .mapToInt(Question.Busy::attempts)
        .sum();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
