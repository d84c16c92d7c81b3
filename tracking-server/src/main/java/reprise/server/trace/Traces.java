package reprise.server.trace;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.server.db.EventLog;

/**
 * Sends a trace of each attempt to a collector, if the server's environment names one. It holds no
 * attempt up: what a collector that is away or slow does not take is left out.
 */
public final class Traces implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final int LONGEST_QUEUE = 1000;
  private static final long LOOK_MILLIS = 100;
  private static final long LAST_WORDS_MILLIS = 2000;

  private final Jdbi jdbi;
  private final Map<String, String> environment;
  private final @Nullable URI collector;
  private final BlockingQueue<Ended> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private @Nullable Thread thread;
  private volatile boolean closing;
  private volatile boolean complained;

  private record Ended(Firing firing, Attempt attempt) {}

  /** Takes traces; only behind this are OpenTelemetry's classes, so that they load when needed. */
  interface Sender extends AutoCloseable {
    /**
     * Sends one trace.
     *
     * @param runs that the attempt became itself
     * @return whether it was taken
     */
    boolean send(Firing firing, Attempt attempt, List<Run> runs) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * Sends nothing yet.
   *
   * @param environment may name a collector, as OpenTelemetry would have it
   * @throws IllegalArgumentException if what it names is none; the message says why
   */
  public Traces(Jdbi jdbi, Map<String, String> environment) {
    this.jdbi = jdbi;
    this.environment = environment;
    this.collector = collector(environment);
  }

  private static @Nullable URI collector(Map<String, String> environment) {
    String exact = environment.getOrDefault(TRACES_ENDPOINT, "").strip();
    String base = environment.getOrDefault(ENDPOINT, "").strip();
    if (exact.isEmpty() && base.isEmpty()) {
      return null;
    }
    return exact.isEmpty()
        ? address(ENDPOINT, base + (base.endsWith("/") ? "v1/traces" : "/v1/traces"))
        : address(TRACES_ENDPOINT, exact);
  }

  private static URI address(String name, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw new IllegalArgumentException(
        "traces cannot be sent to '%s'; give %s an address such as http://127.0.0.1:4318"
            .formatted(text, name));
  }

  /** Begins to send, in a thread of its own, if there is a collector. */
  public void start() {
    URI to = collector;
    if (to != null) {
      Thread sending = new Thread(() -> sendAll(to), "traces");
      sending.setDaemon(true);
      sending.start();
      thread = sending;
    }
  }

  /** An attempt has ended; returns at once. */
  public void hear(Firing firing, Attempt attempt) {
    if (collector != null && !queue.offer(new Ended(firing, attempt))) {
      complain("more attempts end than the collector at %s takes");
    }
  }

  private void sendAll(URI to) {
    try (Sender sender = new Collector(to, environment)) {
      while (!closing || !queue.isEmpty()) {
        Ended next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(sender, next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Sender sender, Ended ended) throws InterruptedException {
    try {
      if (sender.send(ended.firing(), ended.attempt(), runs(ended.attempt()))) {
        complained = false;
      } else {
        complain("no collector takes traces at %s (OTLP over HTTP)");
      }
    } catch (RuntimeException e) {
      LOG.warn("attempt {} leaves no trace", ended.attempt().attempt(), e);
    }
  }

  /** Once, until one was taken again: a collector may be away for days. */
  private void complain(String sentence) {
    if (!complained) {
      complained = true;
      LOG.warn("{}; attempts go on, their traces are left out", sentence.formatted(collector));
    }
  }

  /** Those that it executed itself; a stage that was not done again has those of another. */
  private List<Run> runs(Attempt attempt) {
    List<RunId> ids = new ArrayList<>();
    if (attempt.run() != null) {
      ids.add(attempt.run());
    }
    attempt.stages().stream()
        .filter(it -> attempt.attempt().equals(it.attempt()) && it.run() != null)
        .forEach(it -> ids.add(it.run()));
    return jdbi.withHandle(
        handle ->
            ids.stream()
                .distinct()
                .flatMap(id -> Run.of(id, new EventLog(handle).upTo(id)).stream())
                .toList());
  }

  /** Sends what waits, if that is quick. */
  @Override
  public void close() {
    closing = true;
    Thread sending = thread;
    if (sending != null) {
      try {
        sending.join(LAST_WORDS_MILLIS);
        sending.interrupt();
        sending.join(LAST_WORDS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
