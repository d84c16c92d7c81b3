package reprise.extension.capture;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;

/** One thing that a step did to a file; the digest may still be on its way. */
record Entry(
    Direction direction,
    Path path,
    long size,
    CompletableFuture<@Nullable Digest> digest,
    @Nullable String note) {

  private static final CompletableFuture<@Nullable Digest> NONE =
      CompletableFuture.completedFuture(null);

  /** Something that has no bytes. */
  static Entry without(Direction direction, Path path, long size, @Nullable String note) {
    return new Entry(direction, path, size, NONE, note);
  }

  /** Waits for the digest. */
  Data data() {
    @Nullable Digest known;
    try {
      known = digest.join();
    } catch (CompletionException e) {
      return data(null, "could not be read: " + reason(e));
    }
    return data(known, note);
  }

  private Data data(@Nullable Digest known, @Nullable String remark) {
    return new Data(direction, path.toString(), size, known, remark);
  }

  private static String reason(CompletionException e) {
    Throwable cause = e.getCause();
    return cause instanceof FileDigests.Restless ? String.valueOf(cause.getMessage()) : "" + cause;
  }

  /** Whether this and {@code other} are known to have found the same bytes. */
  boolean foundTheSame(CompletableFuture<@Nullable Digest> other) {
    if (digest == other) {
      return true;
    }
    boolean known =
        digest.isDone()
            && other.isDone()
            && !digest.isCompletedExceptionally()
            && !other.isCompletedExceptionally();
    return known && digest.join() != null && digest.join().equals(other.join());
  }

  /** Whether nothing was done with the bytes. */
  boolean isALook() {
    return digest == NONE
        && (direction == Direction.LOOKED_AT
            || direction == Direction.MISSED
            || direction == Direction.LISTED);
  }
}
