package reprise.server.blob;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.HEAD;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import reprise.ledger.Digest;
import reprise.server.http.Body;
import reprise.server.http.Refusal;

/** Blobs in and out. They are other people's bytes: a browser may save them, never run them. */
public final class BlobApi {
  private static final String PATH = "/api/blobs/{digest}";

  private final Blobs blobs;

  public BlobApi(Path folder) throws IOException {
    this.blobs = Blobs.in(folder);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(POST, "/api/blobs/missing")
            .addMetadata(accepts(Digest[].class, Digest[].class, "Those of them not kept here"))
            .handler(this::missing),
        Endpoint.create(PUT, PATH)
            .addMetadata(accepts(byte[].class, void.class, "Keeps bytes that have this digest"))
            .handler(this::keep),
        Endpoint.create(GET, PATH)
            .addMetadata(answers(byte[].class, "The bytes that have this digest"))
            .handler(this::bytes),
        Endpoint.create(HEAD, PATH).handler(this::size));
  }

  private void missing(Context ctx) throws IOException {
    ctx.json(
        Arrays.stream(Body.as(Digest[].class, ctx))
            .filter(digest -> !blobs.has(digest))
            .toArray(Digest[]::new));
  }

  private void keep(Context ctx) throws IOException {
    Digest digest = digest(ctx);
    if (blobs.has(digest)) {
      // Read all the same: a client whose connection ends while it sends does not see our answer.
      ctx.bodyInputStream().transferTo(OutputStream.nullOutputStream());
    } else {
      blobs.expect(ctx.req().getContentLengthLong());
      blobs.keep(digest, ctx.bodyInputStream()); // asked for it, a patient client begins to send
    }
    ctx.status(204);
  }

  private void bytes(Context ctx) throws IOException {
    ctx.disableCompression().result(Files.newInputStream(described(ctx)));
  }

  private void size(Context ctx) throws IOException {
    described(ctx);
  }

  private Path described(Context ctx) throws IOException {
    Digest digest = digest(ctx);
    Path file =
        blobs
            .find(digest)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "no bytes with digest %s are kept here; the machine that recorded them may"
                                .formatted(digest)
                            + " not have sent them yet"));
    ctx.contentType("application/octet-stream")
        .header("Content-Disposition", "attachment; filename=\"" + digest + "\"")
        .header("Content-Security-Policy", "sandbox")
        .header("Content-Length", Long.toString(Files.size(file)))
        .header("Cache-Control", "private, max-age=31536000, immutable");
    return file;
  }

  private static Digest digest(Context ctx) {
    return new Digest(ctx.pathParam("digest"));
  }
}
