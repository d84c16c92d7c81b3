package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;

/** What nothing needs can go, and nothing else goes. */
@Tag("any-jdk")
class GcIT extends WithProduct {
  @Test
  void gc_workspaceOfAKilledReplay_isRemovedAndThatOfARunningOneStays() throws Exception {
    String id =
        ran(
            """
            if (System.getProperty("java.io.tmpdir").contains("replays")) {
              Thread.sleep(200_000);
            }""");
    Path replays = folder.resolve("home/replays");
    Process replay =
        product
            .builder(folder, List.of(Product.command(), "replay", id, "--json"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (entries(replays).isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    List<Path> running = entries(replays);
    assertThat(running).hasSize(1);
    gc();
    assertThat(entries(replays)).isEqualTo(running);
    replay.destroyForcibly().waitFor();
    Thread.sleep(2_000); // until the replay's own JVM has noticed
    assertThat(kind(gc("--dry-run"), "workspaces").path("count").asInt()).isEqualTo(1);
    assertThat(entries(replays)).isEqualTo(running);
    assertThat(kind(gc(), "workspaces").path("count").asInt()).isEqualTo(1);
    assertThat(entries(replays)).isEmpty();
  }

  @Test
  @Tag("long")
  void gc_journals_goWhenTheyAreOldAndTheServerHasThem() throws Exception {
    String id = ran("6 * 7");
    String session = product.client().run(id).session().value();
    Path journal = folder.resolve("home/journal").resolve(session + ".jsonl");
    gc();
    assertThat(journal).exists();
    Files.setLastModifiedTime(journal, longAgo());
    try (Product alone = new Product(folder.resolve("home"))) {
      alone.with("REPRISE_URL", "http://127.0.0.1:1");
      Product.Said kept = alone.reprise(work, "gc", "--json");
      assertThat(kept.json().path("remarks").toString()).contains("reprise server");
      assertThat(journal).exists();
    }
    assertThat(gc().path("bytes").asLong()).isPositive();
    assertThat(journal).doesNotExist();
    assertIdentical(replayed(id));
  }

  @Test
  void gc_blobs_goWhenNoJournalSpeaksOfThemAndNoSessionIsOpen() throws Exception {
    Path home = Files.createDirectories(work.resolve("home"));
    BlobFolder blobs = new BlobFolder(home.resolve("blobs"));
    Digest loose = old(blobs, "loose");
    Digest wanted = old(blobs, "wanted");
    Digest young = blobs.keep(bytes("young"));
    Path journals = Files.createDirectories(home.resolve("journal"));
    Path open =
        Files.writeString(journals.resolve("s-0001.jsonl"), "{\"kind\":\"session-started\"}\n");
    Files.writeString(
        journals.resolve("s-0002.jsonl"), wanted.hex() + "\n{\"kind\":\"session-ended\"}\n");
    try (Product other = new Product(home)) {
      other.reprise(work, "gc");
      assertThat(blobs.find(loose)).isPresent();
      Files.writeString(open, "{\"kind\":\"session-ended\"}\n");
      assertThat(other.reprise(work, "gc").out()).contains("blobs: 1, 5 bytes");
    }
    assertThat(blobs.find(loose)).isEmpty();
    assertThat(blobs.find(wanted)).isPresent();
    assertThat(blobs.find(young)).isPresent();
  }

  private static Digest old(BlobFolder blobs, String text) throws IOException {
    Digest digest = blobs.keep(bytes(text));
    Files.setLastModifiedTime(blobs.find(digest).orElseThrow(), longAgo());
    return digest;
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileTime longAgo() {
    return FileTime.from(Instant.now().minus(Duration.ofDays(40)));
  }

  private JsonNode gc(String... options) throws Exception {
    String[] words =
        Stream.concat(Stream.of("gc", "--json"), Stream.of(options)).toArray(String[]::new);
    Product.Said said = product.reprise(work, words);
    assertThat(said.exitCode()).as(said.err()).isZero();
    return said.json();
  }

  private static JsonNode kind(JsonNode cleaned, String kind) {
    for (JsonNode each : cleaned.path("freed")) {
      if (each.path("kind").asText().equals(kind)) {
        return each;
      }
    }
    throw new AssertionError(kind + " is not in " + cleaned);
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
