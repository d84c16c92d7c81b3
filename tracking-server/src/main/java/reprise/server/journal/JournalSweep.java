package reprise.server.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Uplink;

/**
 * Looks through this machine's journals for those whose kernel is gone, ends them and takes them in
 * by the same way as a kernel would send them. So a run of a killed kernel is shown as interrupted
 * within seconds, and what was recorded while no server ran comes in when one does.
 */
public final class JournalSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSweep.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String SUFFIX = ".jsonl";

  private final Home home;
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Set<SessionId> settled = new HashSet<>();
  private final Set<SessionId> complained = new HashSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public JournalSweep(Home home, Jdbi jdbi, InstantSource clock) {
    this.home = home;
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Sweeps now and every two seconds until {@link #close}.
   *
   * @param client speaks with the server that this belongs to
   */
  public void start(TrackingClient client) {
    settled.addAll(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT session FROM swept_journal")
                    .mapTo(SessionId.class)
                    .list()));
    Thread thread = new Thread(() -> keepSweeping(client), "journal sweep");
    thread.setDaemon(true);
    thread.start();
  }

  private void keepSweeping(TrackingClient client) {
    try {
      do {
        sweep(client);
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep(TrackingClient client) {
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(home.journals(), "*" + SUFFIX)) {
      for (Path journal : journals) {
        sessionOf(journal)
            .filter(session -> !settled.contains(session))
            .ifPresent(session -> settle(session, journal, client));
      }
    } catch (NoSuchFileException e) {
      // nothing was ever recorded on this machine
    } catch (IOException | RuntimeException e) {
      LOG.warn("the journals in {} cannot be looked through", home.journals(), e);
    }
  }

  private static Optional<SessionId> sessionOf(Path journal) {
    String file = journal.getFileName().toString();
    try {
      return Optional.of(new SessionId(file.substring(0, file.length() - SUFFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody else's file
    }
  }

  private void settle(SessionId session, Path journal, TrackingClient client) {
    try {
      if (Files.size(journal) == 0) {
        return; // about to begin; to look whether it is locked would keep its kernel from locking
        // it
      }
      Journal.recover(journal, clock);
      if (Journal.isOver(journal)) {
        try (Uplink uplink = new Uplink(home, session, client)) {
          uplink.deliver();
        }
        remember(session);
      }
    } catch (IOException | RuntimeException e) {
      if (complained.add(session)) {
        LOG.warn("the journal {} cannot be taken in yet: {}", journal, e.toString());
      }
      if (isFinal(e)) {
        settled.add(session);
      }
    }
  }

  /** Whether asking again is of no use before somebody has mended something. */
  private static boolean isFinal(Exception e) {
    return e instanceof TrackingClient.Refused refused && refused.status() < 500;
  }

  private void remember(SessionId session) {
    settled.add(session);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO swept_journal (session) VALUES (:session) ON CONFLICT DO NOTHING")
                .bind("session", session)
                .execute());
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
