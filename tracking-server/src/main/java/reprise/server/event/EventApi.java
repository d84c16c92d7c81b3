package reprise.server.event;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.RunEvent;
import reprise.ledger.SessionId;
import reprise.server.db.Database;
import reprise.server.db.EventLog;
import reprise.server.http.Asked;
import reprise.server.http.Body;

/** A session's events, sent in batches and read back. */
public final class EventApi {
  private final Jdbi jdbi;
  private final EventIntake intake;

  /**
   * @param projection brings the other tables up to date, in the transaction of the batch
   * @param live hears of every new event, after the commit
   */
  public EventApi(
      Database database,
      BiConsumer<Handle, List<RunEvent>> projection,
      Consumer<RunEvent> live,
      InstantSource clock) {
    this.jdbi = database.jdbi();
    this.intake = new EventIntake(database, projection, live, clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/sessions/{session}/events")
            .addMetadata(
                accepts(
                    RunEvent[].class,
                    Acknowledged.class,
                    "Takes in events, all or none; resending does no harm, an empty array is a"
                        + " sign of life"))
            .handler(this::take),
        Endpoint.create(GET, "/api/sessions/{session}/events")
            .addMetadata(
                answers(RunEvent[].class, "The events of a session, in order")
                    .asking("after", long.class, "only those with a greater number"))
            .handler(this::events));
  }

  private void take(Context ctx) throws IOException {
    SessionId session = new SessionId(ctx.pathParam("session"));
    List<SentEvent> batch = SentEvent.all(Body.bytes(ctx));
    ctx.json(new Acknowledged(intake.take(session, batch)));
  }

  private void events(Context ctx) {
    SessionId session = new SessionId(ctx.pathParam("session"));
    long after = Asked.of(ctx).number("after", 0, Long.MAX_VALUE);
    List<String> found = jdbi.withHandle(handle -> new EventLog(handle).texts(session, after));
    ctx.contentType("application/json").result("[" + String.join(",", found) + "]");
  }
}
