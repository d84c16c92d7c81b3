package reprise.server.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.StageResult;

/**
 * The folders in which attempts worked, and which of them nothing needs any more. Needed are those
 * under way, those to which {@code latest} leads, those whose stages another attempt may take over,
 * those whose files a firing was given that waits or may be repaired, and the last few of each job,
 * for whoever looks into what went wrong.
 */
final class AttemptFolders {
  private static final int LAST = 10;

  private final Jdbi jdbi;
  private final Path folder;
  private final AttemptFiles files;
  private final Artifacts artifacts;

  AttemptFolders(Jdbi jdbi, Path folder, Artifacts artifacts) {
    this.jdbi = jdbi;
    this.folder = folder;
    this.files = new AttemptFiles(folder);
    this.artifacts = artifacts;
  }

  /** How many folders were removed, or would be, and what was in them. */
  record Freed(int count, long bytes) {}

  /**
   * Removes those that nothing needs, deepest first, so that what is killed is gone on with.
   *
   * @param then those that ended later stay in any case
   * @param preview whether nothing is removed
   */
  Freed free(Instant then, boolean preview) throws IOException {
    List<Path> there = there(); // before the rows are read: what begins after that has a row by now
    Set<String> needed = jdbi.inTransaction(handle -> needed(handle, then));
    int count = 0;
    long bytes = 0;
    for (Path each : there) {
      boolean old = Files.getLastModifiedTime(each).toInstant().isBefore(then);
      if (old && !needed.contains(String.valueOf(each.getFileName()))) {
        bytes += removed(each, preview);
        count++;
      }
    }
    return new Freed(count, bytes);
  }

  private List<Path> there() throws IOException {
    List<Path> there = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      entries.forEach(there::add);
    } catch (NoSuchFileException e) {
      // no job has run here yet
    }
    return there;
  }

  private Set<String> needed(Handle handle, Instant then) {
    FiringTable firings = handle.attach(FiringTable.class);
    Set<String> needed = new HashSet<>();
    firings.notEndedBy(then).forEach(it -> needed.add(it.value()));
    for (Job job : handle.attach(JobTable.class).all()) {
      artifacts
          .newest(firings, job.job())
          .map(Attempt::attempt)
          .map(AttemptId::value)
          .ifPresent(needed::add);
      List<Attempt> latest = firings.latest(job.job(), Orders.LOOKED_BACK);
      latest.stream().limit(LAST).forEach(it -> needed.add(it.attempt().value()));
      Stream.of(
              firings.inStatus(job.job(), FiringStatus.QUEUED).stream(),
              firings.inStatus(job.job(), FiringStatus.RUNNING).stream(),
              latest.stream().limit(LAST).flatMap(it -> firings.bare(it.firing()).stream()))
          .flatMap(Function.identity())
          .flatMap(it -> it.parameters().values().stream())
          .flatMap(it -> files.named(it).stream())
          .forEach(it -> needed.add(it.value()));
      latest.stream()
          .flatMap(it -> it.stages().stream())
          .map(StageResult::attempt)
          .filter(Objects::nonNull)
          .forEach(it -> needed.add(it.value()));
    }
    return needed;
  }

  private static long removed(Path folder, boolean preview) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        bytes += Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS) ? Files.size(each) : 0;
        if (!preview) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      return bytes; // somebody else is cleaning too
    }
    return bytes;
  }
}
