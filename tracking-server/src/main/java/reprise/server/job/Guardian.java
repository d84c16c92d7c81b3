package reprise.server.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Watches the watchers: whoever looks at the clock or brings alerts says so here each time. As long
 * as all do, an address outside is asked for once a minute, so that somebody else notices when this
 * machine is gone.
 */
final class Guardian {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAY = Duration.ofMinutes(10);
  private static final Duration PING = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final @Nullable String outside;
  private final InstantSource clock;
  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private @Nullable Instant pinged;

  /**
   * @param outside an address; null if nobody outside is to know
   */
  Guardian(Jdbi jdbi, @Nullable String outside, InstantSource clock) {
    this.jdbi = jdbi;
    this.outside = outside;
    this.clock = clock;
  }

  /** Somebody is at work; time is that of the machine, for a clock may be set. */
  void alive(String who) {
    seen.put(who, System.nanoTime());
  }

  /** For how long each has not been seen. */
  Map<String, Duration> silences() {
    Map<String, Duration> silences = new TreeMap<>();
    seen.forEach((who, at) -> silences.put(who, Duration.ofNanos(System.nanoTime() - at)));
    return silences;
  }

  /** What is wrong, in a sentence; empty if nothing is. */
  Optional<String> complaint() {
    for (Map.Entry<String, Duration> each : silences().entrySet()) {
      if (each.getValue().compareTo(LONGEST_SILENCE) > 0) {
        return Optional.of(
            "the %s has not been seen for %d s; start the server again"
                .formatted(each.getKey(), each.getValue().toSeconds()));
      }
    }
    return jdbi.withExtension(AlertTable.class, AlertTable::oldestUnsent)
        .filter(it -> it.isBefore(clock.instant().minus(LONGEST_WAY)))
        .map(it -> "an alert has waited since %s; 'reprise job alerts JOB' says why".formatted(it));
  }

  /** Tells the world outside that all is well; called by one thread. */
  void ping() {
    Instant now = clock.instant();
    boolean isTime = pinged == null || Duration.between(pinged, now).abs().compareTo(PING) >= 0;
    if (outside == null || !isTime || complaint().isPresent()) {
      return;
    }
    pinged = now;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(outside)).timeout(Duration.ofSeconds(20)).build();
    try {
      http.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // whoever waits for it outside will miss it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
