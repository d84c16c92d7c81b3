package reprise.extension.network;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileHooks;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Reply;

/** The replies that steps got when they were recorded; each is given once. */
public final class RecordedReplies {
  private final BlobFolder bodies;
  private final TreeMap<Integer, List<Data>> replies = new TreeMap<>();

  /**
   * @param bodies where their bytes are
   */
  public RecordedReplies(BlobFolder bodies) {
    this.bodies = bodies;
  }

  /** What {@code step} got, in order. */
  public synchronized void add(int step, List<Data> got) {
    replies.computeIfAbsent(step, s -> new ArrayList<>()).addAll(got);
  }

  /** The bytes of a body, which are no file of the step's; empty if nobody has kept them. */
  Optional<InputStream> open(Digest digest) {
    AtomicReference<@Nullable InputStream> opened = new AtomicReference<>();
    FileHooks.install()
        .unseen(
            () -> {
              try {
                Path there = bodies.find(digest).orElse(null);
                opened.set(there == null ? null : new FileInputStream(there.toFile()));
              } catch (IOException e) {
                // as good as not kept
              }
            });
    return Optional.ofNullable(opened.get());
  }

  /**
   * The next reply to such a request of the step's; of another step's if it has none, since a
   * thread may outlive its step.
   */
  synchronized @Nullable Data next(int step, String method, String url, @Nullable Digest body) {
    Data found = taken(step, method, url, body);
    for (Integer other : found == null ? replies.keySet() : List.<Integer>of()) {
      if (found == null) {
        found = taken(other, method, url, body);
      }
    }
    return found;
  }

  /** The same, if what came next was no reply but a failure to get there. */
  synchronized @Nullable Data nextFailure(int step, String url) {
    for (Data data : replies.getOrDefault(step, List.of())) {
      Reply reply = data.reply();
      if (reply != null && data.path().equals(url)) {
        return failedToConnect(reply) && replies.getOrDefault(step, List.of()).remove(data)
            ? data
            : null;
      }
    }
    return null;
  }

  /** Rather than to read what the server had to say. */
  private static boolean failedToConnect(Reply reply) {
    Reply.Failure failure = reply.failure();
    return reply.status() == null
        && failure != null
        && failure.trace().stream()
            .anyMatch(
                frame ->
                    frame.contains("URLConnection.plainConnect(")
                        || frame.contains("HttpsURLConnection.connect("));
  }

  private @Nullable Data taken(int step, String method, String url, @Nullable Digest body) {
    List<Data> all = replies.getOrDefault(step, List.of());
    for (Data data : all) {
      if (answers(data, method, url, body)) {
        all.remove(data);
        return data;
      }
    }
    return null;
  }

  /** A body that was never sent can be any. */
  private static boolean answers(Data data, String method, String url, @Nullable Digest body) {
    Reply reply = data.reply();
    return reply != null
        && reply.method().equals(method)
        && data.path().equals(url)
        && (reply.request() == null || reply.request().equals(body));
  }
}
