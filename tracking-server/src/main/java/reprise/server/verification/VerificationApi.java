package reprise.server.verification;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PUT;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.ExperimentName;
import reprise.ledger.RunId;
import reprise.ledger.Verification;
import reprise.server.db.RunLookup;
import reprise.server.http.Body;
import reprise.server.http.Refusal;

/** Whether an experiment's runs are replayed without being asked, and how far that is. */
public final class VerificationApi {
  private final Verifications verifications;
  private final RunLookup lookup;
  private final boolean isOn;

  /**
   * @param isOn whether this server replays anything by itself
   */
  public VerificationApi(Jdbi jdbi, boolean isOn) {
    this.isOn = isOn;
    this.verifications = jdbi.onDemand(Verifications.class);
    this.lookup = new RunLookup(jdbi);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/experiments/{experiment}/verification")
            .addMetadata(
                answers(
                    VerificationPolicy.class,
                    "Which runs of the experiment are replayed without being asked; 404 if this"
                        + " server does that for none"))
            .handler(this::policy),
        Endpoint.create(PUT, "/api/experiments/{experiment}/verification")
            .addMetadata(
                accepts(
                    VerificationPolicy.class,
                    void.class,
                    "Says which runs of the experiment are replayed without being asked"))
            .handler(this::change),
        Endpoint.create(GET, "/api/runs/{run}/verification")
            .addMetadata(
                answers(
                    Verification.class,
                    "How far the server is with replaying the run by itself; 404 if it does not"))
            .handler(this::verification));
  }

  private void policy(Context ctx) {
    ctx.json(verifications.policyOf(experiment(ctx)));
  }

  private void change(Context ctx) throws IOException {
    ExperimentName experiment = experiment(ctx);
    verifications.put(experiment, Body.as(VerificationPolicy.class, ctx));
    verifications.reconsider(experiment);
    ctx.status(204);
  }

  private ExperimentName experiment(Context ctx) {
    if (!isOn) {
      throw new Refusal(
          404,
          "this server replays nothing by itself; start it with --verify SECONDS to have that");
    }
    return new ExperimentName(ctx.pathParam("experiment"));
  }

  private void verification(Context ctx) {
    RunId run = lookup.find(ctx.pathParam("run"));
    ctx.json(
        verifications
            .of(run)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "run %s is not replayed without being asked; see reprise server --help"
                            .formatted(run))));
  }
}
