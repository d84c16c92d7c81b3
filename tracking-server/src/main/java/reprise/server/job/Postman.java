package reprise.server.job;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.simplejavamail.MailException;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Alert;
import reprise.ledger.Wire;

/**
 * Brings alerts to where they are to go, each until it has arrived or a day has passed. One that
 * was on its way when its server died is sent again, so it may come twice, but never not at all.
 */
final class Postman {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
  private static final Duration LONGEST_TRY = Duration.ofMinutes(1);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);
  private static final int PLAIN_PORT = 25;
  private static final int LONGEST_PROBLEM = 300;

  private final Jdbi jdbi;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final JobMeters meters;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * @param environment has the addresses that channels name, and {@code REPRISE_SMTP}
   */
  Postman(Jdbi jdbi, Map<String, String> environment, InstantSource clock, JobMeters meters) {
    this.jdbi = jdbi;
    this.environment = environment;
    this.clock = clock;
    this.meters = meters;
  }

  /** Sends what is to be sent; called by one thread. */
  void round() {
    Instant now = clock.instant();
    Instant ahead = now.plus(LONGEST_PAUSE).plus(TriggerClock.SET_BACK);
    for (Alert alert : jdbi.withExtension(AlertTable.class, table -> table.due(now, ahead))) {
      int mine =
          jdbi.withExtension(
              AlertTable.class, table -> table.take(alert.id(), now, ahead, now.plus(LONGEST_TRY)));
      if (mine == 1) {
        deliver(alert);
      }
    }
  }

  private void deliver(Alert alert) {
    try {
      send(alert);
      jdbi.useExtension(AlertTable.class, table -> table.sent(alert.id(), clock.instant()));
      meters.told(alert.channel().kind(), true);
    } catch (IOException | IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      Instant now = clock.instant();
      boolean goesOn = alert.createdAt().plus(GIVEN_UP_AFTER).isAfter(now);
      LOG.warn("alert {} did not arrive: {}", alert.id(), problem);
      jdbi.useExtension(
          AlertTable.class,
          table ->
              table.failed(
                  alert.id(),
                  goesOn ? now.plus(pause(alert.tries())) : null,
                  problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM))));
      meters.told(alert.channel().kind(), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration pause(int tries) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void send(Alert alert) throws IOException, InterruptedException {
    switch (alert.channel().kind()) {
      case "mail" -> mail(alert);
      case "slack" ->
          post(alert, Map.of("text", "*%s*\n%s".formatted(alert.subject(), alert.text())));
      default -> post(alert, alert);
    }
  }

  private void post(Alert alert, Object body) throws IOException, InterruptedException {
    String name = alert.channel().address();
    String url = environment.get(name);
    if (url == null || url.isBlank()) {
      throw new IOException(
          "the server has no environment variable %s with the address; start it with one"
              .formatted(name));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.strip()))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Wire.write(body)))
            .build();
    HttpResponse<Void> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IOException("nobody answers at the address in " + name, e); // which is a secret
    }
    if (answer.statusCode() >= 300) {
      throw new IOException("the address in %s answers %d".formatted(name, answer.statusCode()));
    }
  }

  private void mail(Alert alert) throws IOException {
    String server = environment.get("REPRISE_SMTP");
    if (server == null || server.isBlank()) {
      throw new IOException(
          "the server does not know who sends mail; start it with REPRISE_SMTP=smtp://user:password@host:port");
    }
    URI uri = URI.create(server.strip());
    String[] login = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    Mailer mailer =
        MailerBuilder.withSMTPServer(
                uri.getHost(),
                uri.getPort() < 0 ? PLAIN_PORT : uri.getPort(),
                login.length > 0 ? login[0] : null,
                login.length > 1 ? login[1] : null)
            .withTransportStrategy(
                "smtps".equals(uri.getScheme()) ? TransportStrategy.SMTPS : TransportStrategy.SMTP)
            .withSessionTimeout(20_000)
            .clearEmailValidator() // the mail server knows best what is an address to it
            .buildMailer();
    try {
      mailer
          .sendMail(
              EmailBuilder.startingBlank()
                  .from(environment.getOrDefault("REPRISE_MAIL_FROM", usualSender(uri.getHost())))
                  .to(alert.channel().address())
                  .withSubject("Reprise: " + alert.subject())
                  .withPlainText(alert.text())
                  .buildEmail())
          .join(); // it has been sent by now, or thrown
    } catch (MailException e) {
      throw new IOException(problem(uri, e), e);
    }
  }

  /** What a mail server says itself stands at the bottom; the login is nobody's to read. */
  private static String problem(URI server, MailException e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String place =
        "%s:%d".formatted(server.getHost(), server.getPort() < 0 ? PLAIN_PORT : server.getPort());
    return last instanceof SocketException
            || last instanceof UnknownHostException
            || last instanceof SocketTimeoutException
        ? "no mail server answers at " + place
        : "the mail server at %s does not take it: %s".formatted(place, last.getMessage());
  }

  /** A number is no domain. */
  private static String usualSender(String server) {
    boolean isName = server.chars().anyMatch(it -> Character.isLetter(it) && it < 128);
    return "reprise@" + (isName && !server.contains(":") ? server : "localhost");
  }
}
