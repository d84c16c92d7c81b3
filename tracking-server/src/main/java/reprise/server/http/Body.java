package reprise.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.io.IOException;
import reprise.ledger.Wire;

/** The body of a request, as far as it may be held in memory. */
public final class Body {
  private static final int LIMIT = 64 << 20;

  private Body() {}

  /**
   * All of the body.
   *
   * @throws Refusal 413 if it has more than 64 MiB
   */
  public static byte[] bytes(Context ctx) throws IOException {
    if (ctx.req().getContentLengthLong() > LIMIT) {
      throw tooLarge();
    }
    byte[] bytes = ctx.bodyInputStream().readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw tooLarge();
    }
    return bytes;
  }

  /**
   * The body as a whole {@code type}.
   *
   * @throws Refusal 400 if it is not one; the sentence says where
   */
  public static <T> T as(Class<T> type, Context ctx) throws IOException {
    try {
      return Whole.checked(Wire.JSON.readValue(bytes(ctx), type), "the body");
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  /** What to answer when a body is not the JSON that was expected. */
  public static Refusal unreadable(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new Refusal(
        400, "the body cannot be read%s: %s".formatted(where, e.getOriginalMessage()));
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "the body is larger than 64 MiB; send it in smaller batches");
  }
}
