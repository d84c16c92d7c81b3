package reprise.reproducer.cleaning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Uplink;

/**
 * One look through a home. What is removed is removed whole or stays for the next time, so that it
 * may be killed at any moment, and any number may clean at once.
 */
public final class Cleaning {
  private static final String JOURNAL = ".jsonl";
  private static final Duration YOUNG = Duration.ofDays(1);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Home home;
  private final TrackingClient server;
  private final Instant now;
  private final boolean rehearsal;
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param server asked to take in what it lacks of a journal, before that may go
   * @param rehearsal whether nothing is removed
   */
  public Cleaning(Home home, TrackingClient server, Instant now, boolean rehearsal) {
    this.home = home;
    this.server = server;
    this.now = now;
    this.rehearsal = rehearsal;
  }

  /**
   * Removes workspaces of replays that are over, folders of attempts that nothing needs, old
   * journals, and then blobs of nobody's.
   *
   * @param oldest as old a journal or an attempt must be
   */
  public List<Freed> clean(Duration oldest) throws IOException {
    return List.of(workspaces(), attempts(oldest), journals(oldest), blobs());
  }

  /** Why something stayed, a sentence each. */
  public List<String> remarks() {
    return remarks;
  }

  private Freed workspaces() throws IOException {
    Freed freed = Freed.none("workspaces");
    for (Path folder : in(home.root().resolve("replays"))) {
      if (Files.isDirectory(folder) && Owner.isGone(folder, now)) {
        freed = freed.and(folder, rehearsal);
      }
    }
    return freed;
  }

  /** Only the server knows which of them are needed, and it removes them itself. */
  private Freed attempts(Duration oldest) throws IOException {
    Freed none = Freed.none("attempts");
    if (in(home.server().resolve("attempts")).isEmpty()) {
      return none;
    }
    try {
      Freed freed =
          server.send(
              "DELETE",
              "/api/attempts?days=%d&preview=%s".formatted(oldest.toDays(), rehearsal),
              null,
              Freed.class);
      return new Freed(none.kind(), freed.count(), freed.bytes());
    } catch (TrackingClient.ServerAway e) {
      remarks.add(
          "Folders of attempts stay, because no tracking server says which are needed; start one by 'reprise server'.");
      return none;
    }
  }

  private Freed journals(Duration oldest) throws IOException {
    Freed freed = Freed.none("journals");
    for (Path journal : in(home.journals())) {
      if (journal.toString().endsWith(JOURNAL)
          && isOlder(journal, oldest)
          && Journal.isOver(journal)) {
        if (!isTakenIn(journal)) {
          remarks.add(
              "Old journals stay, because no tracking server has taken them in; start one by 'reprise server'.");
          return freed;
        }
        freed = freed.and(journal, rehearsal);
      }
    }
    return freed;
  }

  private boolean isOlder(Path file, Duration age) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age));
  }

  /** Sends what the server lacks of it, bytes too; most often that is nothing. */
  private boolean isTakenIn(Path journal) {
    String name = String.valueOf(journal.getFileName());
    SessionId session = new SessionId(name.substring(0, name.length() - JOURNAL.length()));
    try (Uplink uplink = new Uplink(home, session, server)) {
      uplink.deliver();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A session that goes on may speak of any blob yet. */
  private Freed blobs() throws IOException {
    Freed freed = Freed.none("blobs");
    List<Path> old = new ArrayList<>();
    for (Path folder : in(home.blobs())) {
      for (Path blob : Files.isDirectory(folder) ? in(folder) : List.of(folder)) {
        if (isOlder(blob, YOUNG)) {
          old.add(blob);
        }
      }
    }
    if (old.isEmpty()) {
      return freed;
    }
    Set<String> spokenOf = spokenOf();
    for (Path blob : old) {
      boolean loose = !spokenOf.contains(String.valueOf(blob.getFileName()));
      if (loose && !anyIsOpen() && isOlder(blob, YOUNG)) {
        freed = freed.and(blob, rehearsal);
      }
    }
    return freed;
  }

  private boolean anyIsOpen() throws IOException {
    for (Path journal : in(home.journals())) {
      if (journal.toString().endsWith(JOURNAL) && !Journal.isOver(journal)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> spokenOf() throws IOException {
    Set<String> digests = new HashSet<>();
    for (Path journal : in(home.journals())) {
      try (Stream<String> lines = Files.lines(journal)) {
        lines.forEach(
            line -> {
              Matcher digest = DIGEST.matcher(line);
              while (digest.find()) {
                digests.add(digest.group());
              }
            });
      }
    }
    return digests;
  }

  private static List<Path> in(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
