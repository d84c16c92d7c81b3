package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Listing;

/** Hashes and saves files for steps: beside the cell where that is possible. */
final class Keeping {
  /** Larger files are hashed beside the cell rather than in its way. */
  private static final long HASHED_AT_ONCE = 1 << 20;

  /** What is about to be lost but may not be kept is worth so much of the cell's time. */
  private static final long HASHED_BEFORE_LOSS = 1 << 30;

  private static final long CHEAP = 64 << 20;

  private final FileDigests digests;
  private final Allowance allowance;
  private final Executor hashing;
  private final Map<Path, CompletableFuture<@Nullable Digest>> onTheirWay =
      new ConcurrentHashMap<>();

  Keeping(FileDigests digests, Allowance allowance, Executor hashing) {
    this.digests = digests;
    this.allowance = allowance;
    this.hashing = hashing;
  }

  /** Whether saving so many bytes is hardly noticed. */
  boolean isCheap(long size) {
    return size <= CHEAP && allowance.refusal(size) == null;
  }

  /** The digest of a file in this state. */
  CompletableFuture<@Nullable Digest> digest(Path real, FileState state) {
    Digest known = digests.known(real, state);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    if (state.size() <= HASHED_AT_ONCE) {
      return now(() -> digests.digest(real));
    }
    return onTheirWay.computeIfAbsent(real, this::beside);
  }

  private CompletableFuture<@Nullable Digest> beside(Path real) {
    CompletableFuture<@Nullable Digest> running = new CompletableFuture<>();
    hashing.execute(
        () -> {
          try {
            running.complete(digests.digest(real));
          } catch (IOException | RuntimeException e) {
            running.completeExceptionally(e);
          } finally {
            onTheirWay.remove(real);
          }
        });
    return running;
  }

  /** The same, and the bytes are safe when this returns, unless there are too many of them. */
  CompletableFuture<@Nullable Digest> kept(Path real, FileState state) {
    if (allowance.refusal(state.size()) == null) {
      return now(() -> digests.keep(real));
    }
    Digest known = digests.known(real, state);
    return known != null || state.size() > HASHED_BEFORE_LOSS
        ? CompletableFuture.completedFuture(known)
        : now(() -> digests.digest(real));
  }

  private interface Reading {
    Digest digest() throws IOException;
  }

  private static CompletableFuture<@Nullable Digest> now(Reading reading) {
    CompletableFuture<@Nullable Digest> done = new CompletableFuture<>();
    try {
      done.complete(reading.digest());
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  void keep(Listing listing, CompletableFuture<@Nullable Digest> into) {
    try {
      into.complete(digests.keep(listing.bytes()));
    } catch (IOException e) {
      into.completeExceptionally(e);
    }
  }

  /** The entry as it is recorded; waits for its digest. */
  Data data(Entry entry) {
    Data data = entry.data();
    Digest digest = data.digest();
    if (data.direction() == Data.Direction.LISTED || data.direction() == Data.Direction.LOOKED_AT) {
      return data;
    }
    String refusal =
        digest == null ? allowance.refusal(data.size()) : allowance.refusal(data.size(), digest);
    if (refusal == null) {
      return data;
    }
    String note = data.note() == null ? refusal : data.note() + "; " + refusal;
    return new Data(data.direction(), data.path(), data.size(), digest, note, Boolean.TRUE, null);
  }
}
