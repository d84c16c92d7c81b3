package reprise.extension.network;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A reply from the record, with a body as the program's handler made it. */
record RecordedResponse<T extends @Nullable Object>(
    int statusCode,
    HttpRequest request,
    HttpHeaders headers,
    T body,
    URI uri,
    HttpClient.Version version)
    implements HttpResponse<T> {

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  /** As the JDK's own. */
  @Override
  public String toString() {
    return "(%s %s) %d".formatted(request.method(), request.uri(), statusCode);
  }
}
