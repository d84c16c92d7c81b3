package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back over the network, and for which request. The URL and the bytes of the body stand
 * in the {@link Data} that it belongs to.
 *
 * @param number counts the requests of a session; a later entry of the same number says more of the
 *     same reply
 * @param request the digest of the request's own body; null if it had none, or was not sent
 * @param status null if no reply came
 * @param version of HTTP, as {@link java.net.http.HttpClient.Version} spells it
 * @param reason the words behind the status, where HTTP has them
 * @param from the URL that answered in the end, if it is another than the one that was asked
 * @param headers in their order, without those that carry credentials
 * @param failure what the program got instead of the reply or of its end
 * @param partial true if the program has not read all of the body, so that the rest is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reply(
    int number,
    String method,
    @Nullable Digest request,
    @Nullable Integer status,
    @Nullable String version,
    @Nullable String reason,
    @Nullable String from,
    List<Header> headers,
    @Nullable Failure failure,
    @Nullable Boolean partial) {

  public Reply {
    headers = List.copyOf(headers);
  }

  /** One line of a reply's head. */
  public record Header(String name, String value) {}

  /**
   * An exception.
   *
   * @param exception its class
   * @param trace where it came from, as the JDK prints it, a line each
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(
      String exception, @Nullable String message, List<String> trace, @Nullable Failure cause) {
    public Failure {
      trace = List.copyOf(trace);
    }
  }

  /** The same as the session's request of another number. */
  public Reply numbered(int other) {
    return new Reply(
        other, method, request, status, version, reason, from, headers, failure, partial);
  }
}
