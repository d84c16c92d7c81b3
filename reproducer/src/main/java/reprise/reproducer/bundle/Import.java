package reprise.reproducer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Repository;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.SessionId;
import reprise.ledger.TrackingClient;
import reprise.reproducer.evidence.CodeServer;
import reprise.reproducer.evidence.Evidence;

/**
 * A bundle on its way into a tracking server, by the doors through which a kernel would come. To
 * import twice does no harm.
 */
public final class Import {
  private static final int BATCH = 500;
  private static final long BATCH_CHARACTERS = 4 << 20;
  private static final long WORTH_TELLING = 256 << 20;

  private final Bundle bundle;
  private final TrackingClient server;
  private final SessionId session;

  private Import(Bundle bundle, TrackingClient server) {
    this.bundle = bundle;
    this.server = server;
    this.session = bundle.run().session();
  }

  /**
   * Brings all of a bundle there. What the server knows of the session is compared before anything
   * is added; events, which make the run seen, come behind what they speak of.
   *
   * @throws TrackingClient.Refused if the server knows the session otherwise
   */
  public static void into(TrackingClient server, Bundle bundle, Consumer<String> progress)
      throws IOException {
    Import it = new Import(bundle, server);
    long known = server.take(it.session, List.of()) - 1;
    it.events(0, known);
    it.blobs(progress);
    it.code();
    it.events(known, Long.MAX_VALUE);
    for (Reproduction reproduction : bundle.reproductions()) {
      server.post(reproduction);
    }
  }

  /** Sends the events behind number {@code after}, up to number {@code last}. */
  private void events(long after, long last) throws IOException {
    Batch batch = new Batch();
    long[] number = {0};
    bundle.events(
        line -> {
          number[0]++;
          if (number[0] > after && number[0] <= last) {
            batch.add(line);
          }
        });
    batch.send();
  }

  /** Some events that travel together. */
  private final class Batch {
    private final List<String> lines = new ArrayList<>();
    private long characters;

    void add(String line) throws IOException {
      lines.add(line);
      characters += line.length();
      if (lines.size() == BATCH || characters > BATCH_CHARACTERS) {
        send();
      }
    }

    void send() throws IOException {
      if (!lines.isEmpty()) {
        server.take(session, lines);
        lines.clear();
        characters = 0;
      }
    }
  }

  private void blobs(Consumer<String> progress) throws IOException {
    List<Bundle.Blob> blobs = bundle.blobs();
    Set<Digest> wanted =
        blobs.isEmpty()
            ? Set.of()
            : new HashSet<>(server.missing(blobs.stream().map(Bundle.Blob::digest).toList()));
    long unsaid = 0;
    for (Bundle.Blob blob : blobs) {
      if (wanted.contains(blob.digest())) {
        try (InputStream bytes = bundle.blob(blob.digest())) {
          server.keep(blob.digest(), bytes, blob.size());
        }
        unsaid += blob.size();
      }
      if (unsaid > WORTH_TELLING) {
        unsaid = 0;
        progress.accept("%s sent …".formatted(blob.digest().hex().substring(0, 12)));
      }
    }
  }

  private void code() throws IOException {
    if (!bundle.hasCode()) {
      return;
    }
    try (Repository repository = new InMemoryRepository(new DfsRepositoryDescription("import"))) {
      bundle.code(repository);
      new CodeServer(server, bundle.run().experiment())
          .push(Evidence.branch(bundle.run()), repository);
    }
  }
}
