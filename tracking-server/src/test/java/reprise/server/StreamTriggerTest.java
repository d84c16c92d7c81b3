package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.ledger.JobSummary;
import reprise.ledger.Trigger;

/** What is refused of triggers that hear streams, in a server without any kind of stream. */
@Timeout(60)
class StreamTriggerTest extends JobServerTest {
  private HttpResponse<String> refused(String url, String stream, @Nullable String parameter)
      throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/jobs/daily/triggers",
            new Trigger.Redis(url, stream, null, parameter, null, null));
    assertThat(get("/api/jobs/daily", JobSummary.class).triggers()).isEmpty();
    return answer;
  }

  @Test
  void set_passwordInTheAddress_isRefusedAndNotRepeated() throws Exception {
    HttpResponse<String> answer = refused("redis://ada:s3cret@localhost:6379", "orders", null);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(title(answer)).contains("environment variable").doesNotContain("s3cret");
  }

  @Test
  void set_variableThatIsNotSet_saysSo() throws Exception {
    HttpResponse<String> answer = refused("ORDERS_REDIS", "orders", null);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(title(answer)).contains("no variable ORDERS_REDIS");
  }

  @Test
  void set_parameterThatTheJobDoesNotHave_isRefused() throws Exception {
    HttpResponse<String> answer = refused("redis://localhost:6379", "orders", "order");
    assertThat(title(answer)).contains("no parameter 'order'", "rate (double), day (String)");
  }

  @Test
  void set_kindThatIsNotInstalled_saysWhatIsMissing() throws Exception {
    HttpResponse<String> answer = refused("redis://localhost:6379", "orders", null);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(title(answer)).contains("lib/streams/redis is missing");
  }
}
