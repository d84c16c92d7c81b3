package reprise.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.server.db.Database;
import reprise.server.http.Body;
import reprise.server.http.Problem;
import reprise.server.http.Refusal;

/** Which status and sentence each kind of failure is answered with. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static void toFailures(JavalinConfig config) {
    config.router.javaLangErrorHandler(
        (response, error) -> {
          response.setStatus(500);
          LOG.error("a request failed for good", error);
        });
    RoutesConfig routes = config.routes;
    routes.exception(Refusal.class, (e, ctx) -> answer(ctx, e.status(), e.sentence()));
    routes.exception(
        IllegalArgumentException.class,
        (e, ctx) -> answer(ctx, 400, String.valueOf(e.getMessage())));
    routes.exception(
        JsonProcessingException.class, (e, ctx) -> answer(ctx, 400, Body.unreadable(e).sentence()));
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> answer(ctx, e.getStatus(), String.valueOf(e.getMessage())));
    routes.exception(Exception.class, Answers::answerOurs);
  }

  private static void answerOurs(Exception e, Context ctx) {
    if (Database.isFull(e)) {
      answer(
          ctx,
          507,
          "there is no room left for the database; nothing was taken in, free some space and send"
              + " again");
      return;
    }
    if (Database.isAway(e)) {
      answer(ctx, 503, "the database cannot be reached; send again when it is back");
      return;
    }
    LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
    answer(ctx, 500, "the server failed at this, which is not your fault; its log says why");
  }

  private static void answer(Context ctx, int status, String title) {
    ctx.status(status).json(new Problem(status, title));
  }
}
