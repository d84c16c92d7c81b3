package reprise.server.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobName;

/**
 * Where what a job made can be found: {@code jobs/<job>/latest} leads to the files of the newest
 * occasion that succeeded. It is a link that is put in place in one step, so nobody ever finds half
 * of one attempt and half of another there.
 */
final class Artifacts {
  private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);
  private static final int AT_ONCE = 20; // one by one is dear, all together in the way

  private final Path jobs;
  private final AttemptFiles files;
  private final InstantSource clock;

  Artifacts(Path jobs, AttemptFiles files, InstantSource clock) {
    this.clock = clock;
    this.jobs = jobs;
    this.files = files;
  }

  /**
   * Lets a job's link lead where it should; does no harm if it does already. In the transaction
   * that ends an attempt: whoever sees that it succeeded, and each job that follows, finds its
   * files there, and no other server puts older ones in their place meanwhile. Should that
   * transaction come to nothing, then the next one, or the next start, leads the link back.
   */
  void publish(FiringTable table, JobName job) {
    newest(table, job).ifPresent(it -> lead(job, files.of(it.attempt())));
  }

  /**
   * Lets each job's link lead where it should, for whoever was killed while an attempt ended may
   * have left it elsewhere.
   */
  void publishAll(Jdbi jdbi, BooleanSupplier isOver) {
    List<Job> all = jdbi.withExtension(JobTable.class, JobTable::all);
    for (int from = 0; from < all.size() && !isOver.getAsBoolean(); from += AT_ONCE) {
      List<Job> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      jdbi.useTransaction(
          handle -> {
            FiringTable table = handle.attach(FiringTable.class);
            some.forEach(job -> publish(table, job.job()));
          });
    }
  }

  private void lead(JobName job, Path newest) {
    try {
      link(job, newest);
    } catch (IOException e) {
      LOG.warn(
          "what job {} made stands with its attempt, but 'latest' does not lead to it", job, e);
    }
  }

  private void link(JobName job, Path newest) throws IOException {
    Path folder = jobs.resolve(job.value());
    Files.createDirectories(folder);
    Path half = folder.resolve("latest.half");
    Files.deleteIfExists(half);
    Files.createSymbolicLink(half, newest);
    Files.move(
        half,
        folder.resolve("latest"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The attempt to whose files a job's link leads. */
  Optional<Attempt> newest(FiringTable table, JobName job) {
    return table
        .latestSuccess(job, clock.instant().plus(TriggerClock.SET_BACK))
        .map(Firing::firing)
        .flatMap(table::success);
  }
}
