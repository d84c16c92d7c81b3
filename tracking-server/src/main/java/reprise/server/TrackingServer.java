package reprise.server;

import static io.javalin.http.HandlerType.GET;
import static reprise.server.http.Doc.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.HostName;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.TrackingClient;
import reprise.ledger.Wire;
import reprise.server.blob.BlobApi;
import reprise.server.db.Database;
import reprise.server.db.RunLookup;
import reprise.server.event.EventApi;
import reprise.server.explanation.ExplanationApi;
import reprise.server.git.CodeHistories;
import reprise.server.http.ApiDocument;
import reprise.server.http.Guard;
import reprise.server.http.Refusal;
import reprise.server.http.Token;
import reprise.server.job.JobApi;
import reprise.server.job.Jobs;
import reprise.server.journal.JournalSweep;
import reprise.server.live.LiveApi;
import reprise.server.live.LiveFeed;
import reprise.server.prometheus.Meters;
import reprise.server.replay.ReplayApi;
import reprise.server.replay.Replays;
import reprise.server.reproduction.ReproductionApi;
import reprise.server.run.RunApi;
import reprise.server.run.RunProjection;
import reprise.server.trace.Traces;
import reprise.server.verification.VerificationApi;
import reprise.server.verification.Verifier;
import reprise.server.web.WebPages;

/** Wires the server together; the only class that knows all of the others. */
public final class TrackingServer implements AutoCloseable {
  private final Settings settings;
  private final Tenancy tenancy;
  private final Token token;
  private final Database database;
  private final LiveFeed feed;
  private final Meters meters = new Meters();
  private final Replays replays;
  private final Traces traces;
  private final Jobs jobs;
  private final JournalSweep sweep;
  private final @Nullable Verifier verifier;
  private final List<Endpoint> api;
  private final Javalin http;

  private TrackingServer(Settings settings, Tenancy tenancy, InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.tenancy = tenancy;
    this.token = Token.in(settings.home(), settings.environment());
    this.database = Database.open(settings.database(), settings.environment());
    this.feed = new LiveFeed(database.bulletin());
    this.replays =
        new Replays(
            database.jdbi(),
            name(),
            settings.replayCommand(),
            clock,
            it -> feed.tell("replaying", it, it.run(), it.replay()));
    this.traces = traces();
    this.jobs = jobs(clock);
    this.sweep = new JournalSweep(settings.home(), database.jdbi(), clock);
    this.verifier = verifier(clock);
    this.api = api(clock);
    this.http = http(CodeHistories.servlet(settings.files().resolve("code")));
  }

  /**
   * Starts a server and returns once it answers.
   *
   * @throws CannotStart if it cannot; the message says why and what to do
   */
  public static TrackingServer start(Settings settings, InstantSource clock) {
    checkWritable(settings.home().root());
    try {
      Files.createDirectories(settings.home().server());
      return start(settings, Tenancy.of(settings.home()), clock);
    } catch (IOException e) {
      throw new CannotStart(
          "the server's files in %s cannot be used: %s"
              .formatted(settings.home().root(), e.getMessage()));
    }
  }

  private static TrackingServer start(Settings settings, Tenancy tenancy, InstantSource clock)
      throws IOException {
    try {
      TrackingServer server = new TrackingServer(settings, tenancy, clock);
      server.listen();
      tenancy.announce(server.url());
      server.sweep.start(new TrackingClient(server.url(), server.token.value()));
      server.traces.start();
      server.jobs.start();
      if (server.verifier != null) {
        server.verifier.start(server::directions);
      }
      return server;
    } catch (IOException | RuntimeException e) {
      tenancy.close();
      throw e;
    }
  }

  private static void checkWritable(Path home) {
    try {
      Files.createDirectories(home);
      Files.delete(Files.createTempFile(home, "probe", null));
    } catch (IOException e) {
      throw new CannotStart(
          "%s cannot be written to; make it writable or give another --home".formatted(home));
    }
  }

  private Traces traces() {
    try {
      return new Traces(database.jdbi(), settings.environment());
    } catch (IllegalArgumentException e) {
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }

  private Jobs jobs(InstantSource clock) {
    return new Jobs(
        database.inTurn("jobs"),
        database.source(),
        new Jobs.Setup(
            settings.replayCommand(),
            HostName.here() + ":" + ProcessHandle.current().pid(),
            settings.workers(),
            settings.files(),
            new BlobFolder(settings.blobs()),
            settings.environment()),
        this::directions,
        clock,
        new SecureRandom(),
        job -> feed.tell("job", job),
        traces::hear,
        meters.registry());
  }

  /** Of this server among those that share its database: its home has no other. */
  private String name() {
    return HostName.here() + ":" + settings.home().root();
  }

  private @Nullable Verifier verifier(InstantSource clock) {
    String command = settings.replayCommand();
    Duration quiet = settings.verifyAfter();
    return command == null || quiet == null
        ? null
        : new Verifier(
            database.jdbi(),
            name(),
            command,
            quiet,
            clock,
            it -> feed.tell("verification", it, it.run(), null));
  }

  private List<Endpoint> api(InstantSource clock) throws IOException {
    Jdbi jdbi = database.jdbi();
    RunLookup lookup = new RunLookup(jdbi);
    return Stream.of(
            new EventApi(database, RunProjection::apply, this::hear, clock).endpoints(),
            new RunApi(jdbi, clock).endpoints(),
            new ReproductionApi(jdbi, this::hear).endpoints(),
            new VerificationApi(jdbi, verifier != null).endpoints(),
            new ExplanationApi(jdbi, it -> feed.tell("explanation", it, it.run(), it.other()))
                .endpoints(),
            new ReplayApi(replays, lookup, this::directions).endpoints(),
            new JobApi(jobs, lookup, token.value()).endpoints(),
            new BlobApi(settings.blobs()).endpoints(),
            new LiveApi(feed, lookup).endpoints(),
            List.of(
                Endpoint.create(GET, "/health")
                    .addMetadata(answers(Health.class, "Whether the server can do its work"))
                    .handler(this::health)))
        .flatMap(List::stream)
        .toList();
  }

  private void hear(RunEvent event) {
    meters.countEvent();
    feed.tell(event);
    replays.hear(event);
    if (verifier != null) {
      verifier.hear(event);
    }
  }

  private void hear(Reproduction reproduction) {
    feed.tell(reproduction);
    if (verifier != null) {
      verifier.hear(reproduction);
    }
  }

  /** How a child process finds its way back here. */
  private Map<String, String> directions() {
    return Map.of(
        "REPRISE_URL", url().toString(),
        "REPRISE_TOKEN", token.value(),
        "REPRISE_HOME", settings.home().root().toString());
  }

  private Javalin http(HttpServlet git) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.jetty.host = settings.host();
          config.jetty.port = settings.port();
          config.jsonMapper(new JavalinJackson(Wire.JSON, false));
          config.jetty.modifyServletContextHandler(handler -> guard(handler, git));
          api.forEach(config.routes::addEndpoint);
          config.routes.addEndpoint(
              Endpoint.create(GET, "/api/openapi.json").handler(ctx -> ctx.json(document())));
          meters.endpoints(jobs::measure).forEach(config.routes::addEndpoint);
          config.requestLogger.http(meters::count);
          new WebPages().endpoints().forEach(config.routes::addEndpoint);
          Answers.toFailures(config);
        });
  }

  private void guard(ServletContextHandler handler, HttpServlet git) {
    FilterHolder guard = new FilterHolder(new Guard(token));
    guard.setAsyncSupported(true);
    handler.addFilter(guard, "/*", EnumSet.of(DispatcherType.REQUEST));
    handler.addServlet(new ServletHolder(git), "/git/*");
  }

  private void listen() {
    try {
      http.start();
    } catch (RuntimeException e) {
      close();
      if (isTaken(e)) {
        throw new CannotStart(
            "port %d is taken; is a server running already? Give another --port, or 0 for any"
                .formatted(settings.port()));
      }
      throw e;
    }
  }

  private static boolean isTaken(Throwable e) {
    return Stream.iterate(Optional.of(e), Optional::isPresent, it -> it.map(Throwable::getCause))
        .flatMap(Optional::stream)
        .anyMatch(
            cause ->
                cause instanceof BindException
                    || String.valueOf(cause.getMessage()).startsWith("Port already in use"));
  }

  /** The state of the server, for whoever watches over it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Health(String status, String version, @Nullable String complaint) {}

  private void health(Context ctx) {
    if (!database.answers()) {
      throw new Refusal(503, "the database does not answer; see that its disk is there");
    }
    String complaint = jobs.complaint().orElse(null);
    ctx.json(new Health(complaint == null ? "ok" : "ailing", version(), complaint));
  }

  private static String version() {
    return Optional.ofNullable(TrackingServer.class.getPackage().getImplementationVersion())
        .orElse("in development");
  }

  /** The description of the API, made from the endpoints that answer. */
  public ObjectNode document() {
    return ApiDocument.of(api);
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  public URI url() {
    String host = settings.host().equals("::1") ? "[::1]" : settings.host();
    return URI.create("http://" + host + ":" + http.port());
  }

  /** The address that a person opens: it lets the browser in. */
  public URI entrance() {
    return URI.create(
        url() + "/?token=" + URLEncoder.encode(token.value(), StandardCharsets.UTF_8));
  }

  /** Lets go of watchers and child processes, then of the port and the database. */
  @Override
  public void close() {
    feed.close();
    replays.close();
    jobs.close();
    traces.close();
    if (verifier != null) {
      verifier.close();
    }
    sweep.close();
    http.stop();
    meters.close();
    database.close();
    tenancy.close();
  }
}
