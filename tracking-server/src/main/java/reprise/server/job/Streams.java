package reprise.server.job;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Job;
import reprise.ledger.Trigger;
import reprise.server.http.Refusal;
import reprise.server.job.JobTable.Due;
import reprise.server.job.stream.Message;
import reprise.server.job.stream.StreamKind;
import reprise.server.job.stream.StreamKind.Place;

/** Has one listener for each trigger that hears a stream. */
final class Streams implements AutoCloseable {
  private final Jdbi jdbi;
  private final StreamMessages intake;
  private final StreamKinds kinds;
  private final String reader;
  private final Map<String, String> environment;
  private final Consumer<Job> changed;
  private final Map<Long, StreamListener> listeners = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * Listens to nothing yet.
   *
   * @param reader what begins the names under which streams know this server
   * @param changed hears of each job that a message came for
   */
  Streams(
      Jdbi jdbi,
      StreamMessages intake,
      String reader,
      Map<String, String> environment,
      RandomGenerator chance,
      Consumer<Job> changed) {
    this.jdbi = jdbi;
    this.intake = intake;
    this.kinds = StreamKinds.installed();
    this.reader = reader + ":" + HexFormat.of().toHexDigits(chance.nextInt());
    this.environment = environment;
    this.changed = changed;
  }

  /** Listens for these triggers and for no others; called by one thread. */
  synchronized void follow(List<Due> triggers) {
    if (closed) {
      return;
    }
    Set<Long> wanted = triggers.stream().map(Due::id).collect(Collectors.toSet());
    Iterator<Map.Entry<Long, StreamListener>> all = listeners.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, StreamListener> each = all.next();
      if (!wanted.contains(each.getKey())) {
        each.getValue().close();
        all.remove();
      }
    }
    triggers.forEach(due -> listeners.computeIfAbsent(due.id(), id -> listener(due)));
  }

  private StreamListener listener(Due due) {
    Trigger.Stream stream = (Trigger.Stream) due.trigger();
    return new StreamListener(
        due,
        () -> {
          Place place = place(stream);
          return kind(stream).open(place, reader + ":" + due.id());
        },
        messages -> take(due, messages));
  }

  private boolean take(Due due, List<Message> messages) {
    Job job = jdbi.inTransaction(handle -> intake.take(handle, due, messages));
    if (job != null) {
      changed.accept(job);
    }
    return job != null;
  }

  /**
   * Sees that a trigger can hear its stream, before it is set.
   *
   * @throws Refusal 502 if it cannot; the sentence says why
   */
  void join(Trigger.Stream stream) {
    try {
      Place place = place(stream);
      kind(stream).join(place);
    } catch (IOException e) {
      throw new Refusal(502, String.valueOf(e.getMessage()));
    }
  }

  private StreamKind kind(Trigger.Stream stream) throws IOException {
    return kinds.find(stream instanceof Trigger.Kafka ? "kafka" : "redis");
  }

  private Place place(Trigger.Stream stream) throws IOException {
    String server = stream.server();
    if (TriggerCheck.isVariable(server)) {
      server = environment.get(stream.server());
      if (server == null) {
        throw new IOException(
            "the server's environment has no variable %s; set it and start the server again"
                .formatted(stream.server()));
      }
    }
    return new Place(server, stream.stream(), String.valueOf(stream.group()));
  }

  /** Why a trigger hears nothing at present; null if it does, or if it hears no stream. */
  @Nullable String complaint(long trigger) {
    StreamListener listener = listeners.get(trigger);
    return listener == null ? null : listener.complaint();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    listeners.values().forEach(StreamListener::close);
    listeners.values().forEach(StreamListener::await);
  }
}
