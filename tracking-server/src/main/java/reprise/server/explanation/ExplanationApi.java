package reprise.server.explanation;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.Explanation;
import reprise.ledger.RunId;
import reprise.server.db.RunLookup;
import reprise.server.http.Body;

/** What searches for causes came to: reported once, asked for by either of the two runs. */
public final class ExplanationApi {
  private final Jdbi jdbi;
  private final RunLookup lookup;
  private final Consumer<Explanation> live;

  /**
   * @param live hears of every new one, after the commit
   */
  public ExplanationApi(Jdbi jdbi, Consumer<Explanation> live) {
    this.jdbi = jdbi;
    this.lookup = new RunLookup(jdbi);
    this.live = live;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/explanations")
            .addMetadata(
                accepts(
                    Explanation.class,
                    void.class,
                    "Takes in why two runs came out differently; resending does no harm"))
            .handler(this::take),
        Endpoint.create(GET, "/api/runs/{run}/explanations")
            .addMetadata(
                answers(Explanation[].class, "Newest first, those with this run on either side"))
            .handler(this::explanations));
  }

  private void take(Context ctx) throws IOException {
    Explanation explanation = Body.as(Explanation.class, ctx);
    int added =
        jdbi.inTransaction(
            tx ->
                tx.createUpdate(
                        """
                    INSERT INTO explanation (run, other, at, body)
                    SELECT :run, :other, :at, :body
                    WHERE NOT EXISTS (SELECT 1 FROM explanation WHERE run = :run AND body = :body)
                    """)
                    .bind("run", explanation.run())
                    .bind("other", explanation.other())
                    .bind("at", explanation.at())
                    .bind("body", explanation)
                    .execute());
    if (added == 1) {
      live.accept(explanation);
    }
    ctx.status(204);
  }

  private void explanations(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    ctx.json(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT body FROM explanation WHERE run = :run OR other = :run
                        ORDER BY at DESC, id DESC
                        """)
                    .bind("run", run)
                    .mapTo(Explanation.class)
                    .list()
                    .toArray(Explanation[]::new)));
  }
}
