package reprise.server.http;

import io.javalin.router.EndpointMetadata;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the API document says about an endpoint; the router itself does not read it.
 *
 * @param body what is sent; {@code void.class} for nothing, {@code byte[].class} for bytes
 * @param answer what comes back; the same, and {@code String.class} for a stream of events
 */
public record Doc(String summary, Type body, Type answer, List<Query> queries)
    implements EndpointMetadata {

  /** A query parameter that may be left out. */
  record Query(String name, Type type, String description) {}

  public static Doc answers(Type answer, String summary) {
    return new Doc(summary, void.class, answer, List.of());
  }

  public static Doc accepts(Type body, Type answer, String summary) {
    return new Doc(summary, body, answer, List.of());
  }

  /** The same with one more query parameter. */
  public Doc asking(String name, Type type, String description) {
    Query more = new Query(name, type, description);
    return new Doc(
        summary, body, answer, Stream.concat(queries.stream(), Stream.of(more)).toList());
  }
}
