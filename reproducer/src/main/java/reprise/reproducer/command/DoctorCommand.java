package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Uplink;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what is wrong and mends what it can: dead sessions, undelivered journals.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON array and nothing else.")
  private boolean json;

  private final List<Finding> findings = new ArrayList<>();

  /** One thing that was looked at. */
  record Finding(String what, boolean fine, String says) {}

  @Override
  public Integer call() throws IOException {
    Home home = Home.of(System.getenv());
    TrackingClient server = TrackingClient.of(System.getenv());
    boolean reached = lookAtServer(server);
    lookAtHome(home);
    lookAtJournals(home, server, reached);
    new Screen(spec.commandLine(), json)
        .answer(
            findings,
            findings.stream()
                .map(it -> (it.fine() ? "ok    " : "wrong ") + it.what() + ": " + it.says())
                .toList());
    return findings.stream().allMatch(Finding::fine) ? Reprise.DONE : Reprise.DIFFERENT;
  }

  private boolean lookAtServer(TrackingClient server) {
    try {
      server.get("/api/experiments", com.fasterxml.jackson.databind.JsonNode.class);
      found("server", true, server.server() + " answers");
      return true;
    } catch (IOException e) {
      found("server", false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void lookAtHome(Home home) {
    try {
      Files.createDirectories(home.journals());
      Path probe = Files.createTempFile(home.journals(), "doctor", ".tmp");
      Files.delete(probe);
      long free = Files.getFileStore(home.root()).getUsableSpace() >> 20;
      found("home", free > 100, "%s, %,d MiB free".formatted(home.root(), free));
    } catch (IOException e) {
      found(
          "home",
          false,
          home.root()
              + " cannot be written, so nothing is recorded; set REPRISE_HOME. ("
              + e
              + ")");
    }
  }

  private void lookAtJournals(Home home, TrackingClient server, boolean reached)
      throws IOException {
    if (Files.notExists(home.journals())) {
      return; // and why has been found already
    }
    List<Path> journals;
    try (Stream<Path> files = Files.list(home.journals())) {
      journals = files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
    int delivered = 0;
    for (Path journal : journals) {
      Optional<SessionId> died = Journal.recover(journal, InstantSource.system());
      died.ifPresent(
          session ->
              found("session " + session, true, "its kernel died; its run is now INTERRUPTED"));
      delivered += reached && deliver(journal, home, server) ? 1 : 0;
    }
    found(
        "journals",
        reached || journals.isEmpty(),
        reached
            ? "%d here, %d had news for the server".formatted(journals.size(), delivered)
            : "%d wait for a server".formatted(journals.size()));
  }

  private boolean deliver(Path journal, Home home, TrackingClient server) {
    try {
      Optional<SessionId> whose = Journal.session(journal);
      if (whose.isEmpty()) {
        return false;
      }
      SessionId session = whose.get();
      long before = server.take(session, List.of());
      try (Uplink uplink = new Uplink(home, session, server)) {
        uplink.deliver();
      }
      return server.take(session, List.of()) > before;
    } catch (IOException | RuntimeException e) {
      found("journal " + journal.getFileName(), false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void found(String what, boolean fine, String says) {
    findings.add(new Finding(what, fine, says));
  }
}
