package reprise.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Reprise keeps its files on this machine: what stands in which folder. */
public record Home(Path root) {
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** {@code REPRISE_HOME}, or {@code ~/.reprise}. */
  public static Home of(Map<String, String> environment) {
    String chosen = environment.get("REPRISE_HOME");
    return new Home(
        chosen == null || chosen.isBlank() ? person().resolve(".reprise") : Path.of(chosen));
  }

  /**
   * The folder of the person on this machine; in a JVM that replays the run of somebody else {@code
   * user.home} is theirs, and {@code reprise.person} says whose machine it is.
   */
  public static Path person() {
    String person = System.getProperty("reprise.person");
    return Path.of(person == null ? System.getProperty("user.home") : person);
  }

  public Path journals() {
    return root.resolve("journal");
  }

  public Path journal(SessionId session) {
    return journals().resolve(session + ".jsonl");
  }

  /** Bytes that were recorded here and may not have reached a server yet. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** Code histories as recorded here, one bare repository for each experiment. */
  public Path code() {
    return root.resolve("code");
  }

  /** What a tracking server keeps when it is started on this home. */
  public Path server() {
    return root.resolve("server");
  }

  /** Where each job has a folder, in which {@code latest} leads to the files that it made last. */
  public Path madeByJobs() {
    return server().resolve("jobs");
  }

  /** Where each attempt has a folder, in which {@code artifacts} holds the files that it made. */
  public Path attempts() {
    return server().resolve("attempts");
  }

  public Path tokenFile() {
    return root.resolve("token");
  }

  /** The server's token: {@code REPRISE_TOKEN}, else the one a server on this home wrote. */
  public Optional<String> token(Map<String, String> environment) {
    String given = environment.get("REPRISE_TOKEN");
    if (given != null && !given.isBlank()) {
      return Optional.of(given.strip());
    }
    try {
      return Optional.of(Files.readString(tokenFile(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty(); // no server was ever started here, or its token is not for us
    }
  }
}
