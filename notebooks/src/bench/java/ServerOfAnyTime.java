import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Home;
import reprise.server.Settings;
import reprise.server.TrackingServer;

/**
 * A tracking server whose clock is set by lines of input: each is the moment that it is now. It
 * answers with the seconds until all that was due by then had been fired, and how many firings
 * there are. It has nobody who carries attempts out.
 */
final class ServerOfAnyTime {
  private static volatile Instant now;

  private ServerOfAnyTime() {}

  public static void main(String[] words) throws Exception {
    now = Instant.parse(words[2]);
    Home home = new Home(Path.of(words[0]));
    Settings usual = Settings.in(home, Map.of("REPRISE_TOKEN", words[1]));
    Settings settings =
        new Settings(
            usual.host(),
            0,
            home,
            words.length > 3 ? words[3] : usual.database(),
            usual.files(),
            usual.blobs(),
            null,
            null,
            1,
            usual.environment());
    try (TrackingServer server = TrackingServer.start(settings, () -> now)) {
      System.out.println(server.url());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Instant then = Instant.parse(line);
        long began = System.nanoTime();
        now = then;
        while (count(server.jdbi(), "job_trigger WHERE next_at <= '" + then + "'") > 0) {
          Thread.sleep(5);
        }
        System.out.printf(
            "%.3f %d%n",
            (System.nanoTime() - began) / 1e9, count(server.jdbi(), "firing"));
      }
    }
  }

  private static long count(Jdbi jdbi, String what) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
  }
}
