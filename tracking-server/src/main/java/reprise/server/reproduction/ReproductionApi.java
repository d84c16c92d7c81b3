package reprise.server.reproduction;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Reproduction;
import reprise.ledger.RunId;
import reprise.server.db.RunLookup;
import reprise.server.http.Body;

/** What came of replays: reported once, asked for by either of the two runs. */
public final class ReproductionApi {
  private final Jdbi jdbi;
  private final RunLookup lookup;
  private final Consumer<Reproduction> live;

  /**
   * @param live hears of every new one, after the commit
   */
  public ReproductionApi(Jdbi jdbi, Consumer<Reproduction> live) {
    this.jdbi = jdbi;
    this.lookup = new RunLookup(jdbi);
    this.live = live;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/reproductions")
            .addMetadata(
                accepts(
                    Reproduction.class,
                    void.class,
                    "Takes in what came of a replay; resending does no harm"))
            .handler(this::take),
        Endpoint.create(GET, "/api/runs/{run}/reproductions")
            .addMetadata(
                answers(
                    Reproduction[].class,
                    "Newest first, those of this run and the one that it is the replay of"))
            .handler(this::reproductions));
  }

  private void take(Context ctx) throws IOException {
    Reproduction reproduction = Body.as(Reproduction.class, ctx);
    if (jdbi.inTransaction(tx -> add(tx, reproduction))) {
      live.accept(reproduction);
    }
    ctx.status(204);
  }

  /** Whether it is new. */
  private static boolean add(Handle tx, Reproduction reproduction) {
    RunId replay = reproduction.replay();
    return tx.createUpdate(
                """
                INSERT INTO reproduction (run, replay, at, verdict, body)
                SELECT :run, :replay, :at, :verdict, :body
                WHERE NOT EXISTS (SELECT 1 FROM reproduction WHERE run = :run AND body = :body)
                """)
            .bind("run", reproduction.run())
            .bind("replay", replay == null ? null : replay.value())
            .bind("at", reproduction.at())
            .bind("verdict", reproduction.verdict())
            .bind("body", reproduction)
            .execute()
        == 1;
  }

  private void reproductions(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    ctx.json(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT body FROM reproduction WHERE run = :run OR replay = :run
                        ORDER BY at DESC, id DESC
                        """)
                    .bind("run", run)
                    .mapTo(Reproduction.class)
                    .list()
                    .toArray(Reproduction[]::new)));
  }
}
