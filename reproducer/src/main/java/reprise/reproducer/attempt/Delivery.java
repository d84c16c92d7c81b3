package reprise.reproducer.attempt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Uplink;

/**
 * Brings to the server what a JVM that was stopped could no longer bring itself, so that a run can
 * be opened as soon as a result names it.
 *
 * @param home in which the journals lie
 */
record Delivery(TrackingClient server, Home home) {
  // Shorter than what the server grants beyond a timeout: a late record is better than no result.
  private static final Duration LONGEST = Duration.ofSeconds(15);

  /**
   * Returns when it is there, or cannot be soon; then whoever looks through the journals brings it.
   *
   * @param session whose JVM is gone; null if none had begun
   */
  void rest(@Nullable SessionId session) {
    if (session == null) {
      return;
    }
    Thread thread = new Thread(() -> bring(session), "delivery");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(LONGEST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void bring(SessionId session) {
    Path journal = home.journal(session);
    try {
      if (Files.exists(journal)) {
        Journal.recover(journal, InstantSource.system());
        try (Uplink uplink = new Uplink(home, session, server)) {
          uplink.deliver();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // the server is away, or has no room; the journal keeps all of it
    }
  }
}
