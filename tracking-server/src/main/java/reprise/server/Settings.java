package reprise.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;

/**
 * What the server was told when it was started.
 *
 * @param port 0 for any free one
 * @param files where code histories and what jobs make are kept; servers of one database share it
 * @param replayCommand how a shell starts the reproducer; null if it is not here
 * @param verifyAfter for how long no kernel may have worked before runs are replayed without being
 *     asked; null for never
 * @param workers how many attempts of jobs may be at work here at once, from 1
 */
public record Settings(
    String host,
    int port,
    Home home,
    String database,
    Path files,
    Path blobs,
    @Nullable String replayCommand,
    @Nullable Duration verifyAfter,
    int workers,
    Map<String, String> environment) {

  static final String HELP =
      """
      Usage: reprise server [--host HOST] [--port PORT] [--home DIR] [--db JDBC-URL]
                            [--files DIR] [--blobs DIR] [--replay-command COMMAND]
                            [--verify SECONDS|off] [--workers N]
      Takes in what kernels recorded, keeps it, and shows it in the browser.
        --host            127.0.0.1 (the default), ::1 or localhost
        --port            7070 unless given; 0 for any free port
        --home            where everything is kept; REPRISE_HOME or ~/.reprise unless given
        --db              a database elsewhere than in the home, jdbc:sqlite:/data/reprise.db or
                          jdbc:postgresql://host/reprise; several servers may share the latter,
                          each with a home of its own, all with the same REPRISE_TOKEN and --files
        --files           a folder for bytes, code and what jobs make elsewhere than in the home
        --blobs           a folder for recorded bytes elsewhere than there
        --replay-command  what does the replays that are asked for in the browser
        --verify          replays runs that are over, one at a time and with the lowest priority,
                          once no kernel here has worked for so many seconds; 60 unless given
        --workers         how many attempts of jobs may be at work here side by side; as many as
                          there are processors unless given
      REPRISE_DB_USER and REPRISE_DB_PASSWORD, if set, open a PostgreSQL.
      REPRISE_TOKEN, if set, is the token that opens the server; else one stands in HOME/token.
      REPRISE_SERVER_OPTIONS, if set, goes to the server's JVM: -Xmx512m, say.
      OTEL_EXPORTER_OTLP_ENDPOINT, if set, is where traces of attempts of jobs go, by OTLP over HTTP.
      """;

  private static final Duration USUAL_QUIET = Duration.ofSeconds(60);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  public Settings {
    if (!LOOPBACK.contains(host)) {
      throw new CannotStart(
          "the server runs what it is given and knows no users yet, so it listens on 127.0.0.1,"
              + " ::1 or localhost only, not on '%s'; reach it from elsewhere through ssh -L"
                  .formatted(host));
    }
    if (port < 0 || port > 65_535) {
      throw CannotStart.misunderstood("a port is a number from 0 to 65535, not %d".formatted(port));
    }
    files = files.toAbsolutePath().normalize();
    blobs = blobs.toAbsolutePath().normalize();
    if (blobs.equals(home.blobs())) {
      // What is recorded is dropped from there as soon as a server has it, this one.
      throw new CannotStart(
          "%s is where recorded bytes wait for the server; give another folder as --blobs"
              .formatted(blobs));
    }
    environment = Map.copyOf(environment);
  }

  /** Everything as it is when nothing is said. */
  public static Settings in(Home home, Map<String, String> environment) {
    return new Settings(
        "127.0.0.1",
        7070,
        home,
        "jdbc:sqlite:" + home.server().resolve("reprise.db"),
        home.server(),
        home.server().resolve("blobs"),
        null,
        USUAL_QUIET,
        Runtime.getRuntime().availableProcessors(),
        environment);
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws CannotStart if one is not understood; the sentence says which
   */
  static Settings of(String[] words, Map<String, String> environment) {
    Map<String, String> given = pairs(words);
    String root = given.get("home");
    Settings usual = in(root == null ? Home.of(environment) : new Home(Path.of(root)), environment);
    Path files = Optional.ofNullable(given.get("files")).map(Path::of).orElse(usual.files);
    String blobs = given.get("blobs");
    return new Settings(
        given.getOrDefault("host", usual.host),
        port(given.getOrDefault("port", String.valueOf(usual.port))),
        usual.home,
        given.getOrDefault("db", usual.database),
        files,
        blobs == null ? files.resolve("blobs") : Path.of(blobs),
        given.get("replay-command"),
        quiet(given.get("verify")),
        workers(given.getOrDefault("workers", String.valueOf(usual.workers))),
        environment);
  }

  private static final Set<String> NAMES =
      Set.of("host", "port", "home", "db", "files", "blobs", "replay-command", "verify", "workers");

  private static Map<String, String> pairs(String[] words) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      String name = words[i].startsWith("--") ? words[i].substring(2) : "";
      if (!NAMES.contains(name) || i + 1 == words.length) {
        throw CannotStart.misunderstood(
            "'%s' is not understood, or lacks a value; see reprise server --help"
                .formatted(words[i]));
      }
      pairs.put(name, words[i + 1]);
    }
    return pairs;
  }

  private static @Nullable Duration quiet(@Nullable String given) {
    if (given == null) {
      return USUAL_QUIET;
    }
    if (given.equals("off")) {
      return null;
    }
    try {
      int seconds = Integer.parseInt(given);
      if (seconds > 0) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // answered below, like nothing and less
    }
    throw CannotStart.misunderstood(
        "--verify takes 'off' or a number of seconds from 1 on, not '%s'".formatted(given));
  }

  private static int workers(String given) {
    if (given.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(given);
    }
    throw CannotStart.misunderstood(
        "--workers takes a number from 1 to 9999, not '%s'".formatted(given));
  }

  private static int port(String given) {
    try {
      return Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw CannotStart.misunderstood(
          "a port is a number from 0 to 65535, not '%s'".formatted(given));
    }
  }
}
