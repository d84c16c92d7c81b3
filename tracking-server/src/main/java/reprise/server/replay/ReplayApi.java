package reprise.server.replay;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reprise.ledger.RunId;
import reprise.server.db.RunLookup;
import reprise.server.http.Asked;
import reprise.server.replay.Replaying.Purpose;

/** The replay button. */
public final class ReplayApi {
  private final Replays replays;
  private final RunLookup lookup;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param environment what tells the reproducer where this server is, once that is known
   */
  public ReplayApi(Replays replays, RunLookup lookup, Supplier<Map<String, String>> environment) {
    this.replays = replays;
    this.lookup = lookup;
    this.environment = environment;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/runs/{run}/replays")
            .addMetadata(
                accepts(void.class, Replaying.class, "Has the run replayed")
                    .asking("purpose", Purpose.class, "what is to be found out; else the verdict"))
            .handler(this::start),
        Endpoint.create(GET, "/api/runs/{run}/replays")
            .addMetadata(answers(Replaying[].class, "The replays asked for here, newest first"))
            .handler(this::replays));
  }

  private void start(Context ctx) throws IOException {
    RunId run = lookup.find(ctx.pathParam("run"));
    Purpose purpose = Asked.of(ctx).choice("purpose", Purpose.class).orElse(Purpose.VERDICT);
    ctx.json(replays.start(run, purpose, environment.get()));
  }

  private void replays(Context ctx) {
    ctx.json(replays.of(lookup.find(ctx.pathParam("run"))).toArray(Replaying[]::new));
  }
}
