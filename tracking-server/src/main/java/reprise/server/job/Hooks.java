package reprise.server.job;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static reprise.server.http.Doc.accepts;
import static reprise.server.http.Doc.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobVersion;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;
import reprise.server.http.Body;
import reprise.server.http.Refusal;

/**
 * Where signed messages start jobs. A message has a time and a name of its own in its headers; it
 * is believed for a few minutes, and counts once. Each trigger has a secret that follows from the
 * server's token, so none needs to be kept.
 */
final class Hooks {
  private static final Duration LONGEST_WAY = Duration.ofMinutes(5);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_NAME = 200;

  private final Jobs jobs;
  private final String token;

  Hooks(Jobs jobs, String token) {
    this.jobs = jobs;
    this.token = token;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.create(GET, "/api/triggers/{trigger}/hook")
            .addMetadata(answers(Hook.class, "Where and how a webhook's messages are to be sent"))
            .handler(ctx -> ctx.json(hook(trigger(ctx)))),
        Endpoint.create(POST, "/hooks/{trigger}")
            .addMetadata(
                accepts(
                    Message.class,
                    Firing.class,
                    "Starts a job by a signed message; 202 and when, if it waits for quiet"))
            .handler(this::take));
  }

  /**
   * What a sender must know.
   *
   * @param signature what the header must hold, in words
   */
  record Hook(String path, String secret, List<String> headers, String signature) {}

  /** When a message's firing begins if no other comes. */
  record Waits(Instant begins) {}

  /** What may be in a message. */
  record Message(@Nullable Map<String, String> parameters) {}

  private static final String TIMESTAMP = "X-Reprise-Timestamp";
  private static final String DELIVERY = "X-Reprise-Delivery";
  private static final String SIGNATURE = "X-Reprise-Signature";

  private Hook hook(JobTable.Due trigger) {
    return new Hook(
        "/hooks/" + trigger.id(),
        secret(trigger.id()),
        List.of(TIMESTAMP, DELIVERY, SIGNATURE),
        "sha256= and, in hex, the HMAC-SHA256 with the secret of TIMESTAMP.DELIVERY.BODY");
  }

  private JobTable.Due trigger(Context ctx) {
    String id = ctx.pathParam("trigger");
    Optional<JobTable.Due> found =
        id.matches("\\d{1,18}")
            ? jobs.jdbi().withExtension(JobTable.class, it -> it.trigger(Long.parseLong(id)))
            : Optional.empty();
    return found
        .filter(it -> it.trigger() instanceof Trigger.Webhook)
        .orElseThrow(() -> new Refusal(404, "no webhook has the number '%s'".formatted(id)));
  }

  private String secret(long trigger) {
    return hmac(token, ("webhook " + trigger).getBytes(UTF_8));
  }

  private void take(Context ctx) throws IOException {
    JobTable.Due trigger = trigger(ctx);
    byte[] body = Body.bytes(ctx);
    String delivery = believed(ctx, trigger, body);
    Map<String, String> parameters = parameters(body);
    Object taken =
        jobs.jdbi()
            .inTransaction(
                handle -> {
                  Job job = Firings.job(handle, trigger.job());
                  JobTable table = handle.attach(JobTable.class);
                  JobVersion version = table.version(job.job(), job.version()).orElseThrow();
                  ParameterCheck.of("job " + job.job(), version.parameters(), parameters);
                  if (table.hear(trigger.id(), delivery, jobs.clock().instant()) == 0) {
                    throw new Refusal(409, "delivery %s was taken before".formatted(delivery));
                  }
                  String key = "hook:%d:%s".formatted(trigger.id(), delivery);
                  Firings.Occasion occasion =
                      new Firings.Occasion(key, "webhook " + trigger.id(), false, null, parameters);
                  Instant begins =
                      jobs.debounce().take(handle, trigger, job, occasion).orElse(null);
                  return begins == null
                      ? handle.attach(FiringTable.class).bare(job.job(), key).orElseThrow()
                      : new Waits(begins);
                });
    jobs.changed(jobs.jdbi().withHandle(handle -> Firings.job(handle, trigger.job())));
    ctx.status(taken instanceof Waits ? 202 : 200);
    ctx.json(taken);
  }

  /** Returns the name of the delivery if the message comes from somebody who knows the secret. */
  private String believed(Context ctx, JobTable.Due trigger, byte[] body) {
    String timestamp = header(ctx, TIMESTAMP);
    String delivery = header(ctx, DELIVERY);
    byte[] begin = (timestamp + "." + delivery + ".").getBytes(UTF_8);
    byte[] signed = java.util.Arrays.copyOf(begin, begin.length + body.length);
    System.arraycopy(body, 0, signed, begin.length, body.length);
    String expected = "sha256=" + hmac(secret(trigger.id()), signed);
    if (!MessageDigest.isEqual(expected.getBytes(UTF_8), header(ctx, SIGNATURE).getBytes(UTF_8))) {
      throw new Refusal(
          401,
          "the signature is wrong; 'reprise job hook %d' shows how it is made"
              .formatted(trigger.id()));
    }
    if (!isFresh(timestamp)) {
      throw new Refusal(
          401,
          "the message was signed more than %d minutes from now; see that the clocks agree and sign it again"
              .formatted(LONGEST_WAY.toMinutes()));
    }
    return delivery;
  }

  private boolean isFresh(String timestamp) {
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, jobs.clock().instant()).abs().compareTo(LONGEST_WAY) <= 0;
  }

  private static String header(Context ctx, String name) {
    String value = ctx.header(name);
    if (value == null || value.isBlank() || value.length() > LONGEST_NAME) {
      throw new Refusal(
          401,
          "the header %s is missing; a message has %s (seconds since 1970), %s (a name of its own) and %s"
              .formatted(name, TIMESTAMP, DELIVERY, SIGNATURE));
    }
    return value;
  }

  /**
   * The parameters in a message's body, {@code {"parameters": {"name": "value"}}}.
   *
   * @throws Refusal 400 if it cannot be read; the sentence says where
   */
  static Map<String, String> parameters(byte[] body) throws IOException {
    if (body.length == 0) {
      return Map.of();
    }
    try {
      Message message = Wire.JSON.readValue(body, Message.class);
      Map<String, String> parameters = message == null ? null : message.parameters();
      if (parameters != null && parameters.containsValue(null)) {
        throw new Refusal(400, "a parameter of the body is null; leave it out instead");
      }
      return parameters == null ? Map.of() : parameters;
    } catch (JsonProcessingException e) {
      throw Body.unreadable(e);
    }
  }

  private static String hmac(String secret, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }
}
