package reprise.server.web;

import static io.javalin.http.HandlerType.GET;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import reprise.server.http.Refusal;

/**
 * The built web UI, if its jar is on the class path. Every address that is not a file of it is a
 * page of it: the browser's half of the UI knows which.
 */
public final class WebPages {
  private static final String ROOT = "META-INF/reprise-web/";
  private static final Pattern FILE =
      Pattern.compile("(?:[\\w-][\\w.-]*/)*[\\w-][\\w-]*(\\.[\\w-]+)+");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /** To be added after all others: what nobody else answers is a page. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/<path>").handler(WebPages::refuse),
        Endpoint.create(GET, "/").handler(this::page),
        Endpoint.create(GET, "/<path>").handler(this::page));
  }

  private static void refuse(Context ctx) {
    throw new Refusal(
        404, "the API has nothing at %s; see /api/openapi.json".formatted(ctx.path()));
  }

  // Recorded markup is shown in this file, in a frame: as if it came from nowhere, and with no way
  // to load or send anything. Only our own pages may frame it.
  private static final String FRAME = "frame.html";
  private static final String FRAME_POLICY =
      "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
          + " style-src 'unsafe-inline'; img-src data: blob:; font-src data:;"
          + " media-src data: blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

  private void page(Context ctx) throws IOException {
    String path = ctx.path().substring(1);
    if (path.equals(FRAME)) {
      ctx.header("Content-Security-Policy", FRAME_POLICY).header("X-Frame-Options", "SAMEORIGIN");
    }
    if (answered(ctx, path)) {
      boolean neverChanges = path.startsWith("assets/"); // the build puts a hash into their names
      ctx.header(
          "Cache-Control", neverChanges ? "private, max-age=31536000, immutable" : "no-cache");
    } else if (path.startsWith("assets/")) {
      throw new Refusal(404, "the web UI has no file /" + path);
    } else {
      index(ctx);
    }
  }

  private void index(Context ctx) throws IOException {
    ctx.header("Cache-Control", "no-cache");
    if (!answered(ctx, "index.html")) {
      ctx.contentType("text/plain; charset=utf-8")
          .result(
              "Reprise is running. Its web UI is not in this build; the API is described at"
                  + " /api/openapi.json.\n");
    }
  }

  private boolean answered(Context ctx, String path) throws IOException {
    if (!FILE.matcher(path).matches()) {
      return false;
    }
    Optional<URL> file =
        Optional.ofNullable(WebPages.class.getClassLoader().getResource(ROOT + path));
    if (file.isEmpty()) {
      return false;
    }
    try (InputStream in = file.get().openStream()) {
      ctx.contentType(TYPES.getOrDefault(ending(path), "application/octet-stream"));
      ctx.result(in.readAllBytes());
      return true;
    }
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
