package reprise.server.live;

import static io.javalin.http.HandlerType.GET;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reprise.ledger.RunId;
import reprise.server.db.RunLookup;
import reprise.server.http.Asked;
import reprise.server.http.Refusal;

/**
 * The live feed as server-sent events. Each watcher has a thread of its own, which alone waits when
 * its reader is slow.
 */
public final class LiveApi {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
  private static final int MOST_WATCHERS = 150; // Jetty has 250 threads, and others want some

  private final LiveFeed feed;
  private final RunLookup lookup;

  public LiveApi(LiveFeed feed, RunLookup lookup) {
    this.feed = feed;
    this.lookup = lookup;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/live")
            .addMetadata(
                answers(
                        String.class,
                        "What happens, as server-sent events: run-event, reproduction, replaying")
                    .asking("run", String.class, "only what concerns this run"))
            .handler(this::watch));
  }

  private void watch(Context ctx) throws IOException {
    Optional<RunId> run = Asked.of(ctx).text("run").map(lookup::find);
    if (feed.size() >= MOST_WATCHERS) {
      throw new Refusal(503, "too many are watching already; close some of the open pages");
    }
    Watcher watcher = feed.join(run.orElse(null));
    try {
      tell(watcher, begin(ctx.res()));
    } catch (IOException e) {
      // The reader has gone; that is how watching ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.leave(watcher);
    }
  }

  private static ServletOutputStream begin(HttpServletResponse response) throws IOException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    ServletOutputStream out = response.getOutputStream();
    write(out, ": watching\n\n");
    return out;
  }

  private static void tell(Watcher watcher, ServletOutputStream out)
      throws IOException, InterruptedException {
    while (!watcher.isDismissed()) {
      write(out, watcher.next(SIGN_OF_LIFE).orElse(": still here\n\n"));
    }
  }

  private static void write(ServletOutputStream out, String message) throws IOException {
    out.write(message.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
