package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileTouch;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;

/** What one step does to files, from whichever thread. */
final class StepFiles {
  /** Larger files are hashed beside the cell rather than in its way. */
  private static final long HASHED_AT_ONCE = 1 << 20;

  /** One entry of the step's list; the digest may still be on its way. */
  private record Entry(
      Direction direction,
      Path path,
      long size,
      CompletableFuture<@Nullable Digest> digest,
      @Nullable String note) {

    Data data() {
      try {
        return new Data(direction, path.toString(), size, digest.join(), note);
      } catch (CompletionException e) {
        String why = "could not be read: " + e.getCause();
        return new Data(direction, path.toString(), size, null, why);
      }
    }
  }

  private final FileDigests digests;
  private final Executor hashing;
  private final UnaryOperator<Path> redirection;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Path> beingWritten = new LinkedHashSet<>();

  StepFiles(FileDigests digests, Executor hashing, UnaryOperator<Path> redirection) {
    this.digests = digests;
    this.hashing = hashing;
    this.redirection = redirection;
  }

  /**
   * What the step did since the last call, in order. Waits for digests on their way, which are not
   * waited for by those who touch files meanwhile.
   */
  List<Data> take() {
    List<Entry> taken;
    synchronized (this) {
      List.copyOf(beingWritten).forEach(this::settle);
      taken = List.copyOf(entries);
      entries.clear();
    }
    return taken.stream().map(Entry::data).toList();
  }

  /** Writes down what is about to be done, and saves what is about to be lost. */
  synchronized void touch(FileTouch touch, Path path, @Nullable Path target) {
    settle(path);
    boolean there = isFile(path);
    switch (touch) {
      case READ -> {
        if (there) {
          addRead(path);
        }
      }
      case TRUNCATE -> {
        if (there) {
          addKept(Direction.DELETED, path, "overwritten");
        }
        beingWritten.add(path);
      }
      case APPEND, UPDATE -> {
        if (there) {
          addKept(Direction.READ, path, null);
        }
        beingWritten.add(path);
      }
      case DELETE -> {
        if (there) {
          addKept(Direction.DELETED, path, null);
        }
      }
      case MOVE, LINK -> {
        if (there && target != null) {
          if (isFile(target)) {
            settle(target);
            addKept(Direction.DELETED, target, "overwritten");
          }
          addKept(touch == FileTouch.MOVE ? Direction.DELETED : Direction.READ, path, null);
          beingWritten.add(target);
        }
      }
    }
  }

  /** What was written to {@code path} so far is what a reader finds: it becomes an entry now. */
  private void settle(Path path) {
    if (beingWritten.remove(path) && isFile(path)) {
      Path real = redirection.apply(path);
      if (real.equals(path)) {
        add(Direction.WRITTEN, path, sizeOf(real), digestOf(real), null);
      } else {
        addKept(Direction.WRITTEN, path, null); // a workspace is gone before anybody asks for it
      }
    }
  }

  private void addRead(Path path) {
    Path real = redirection.apply(path);
    CompletableFuture<@Nullable Digest> digest = digestOf(real);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry before = entries.get(i);
      if (before.path().equals(path)) {
        if (before.direction() == Direction.READ && isSame(before.digest(), digest)) {
          return; // read again, unchanged
        }
        break;
      }
    }
    add(Direction.READ, path, sizeOf(real), digest, null);
  }

  private static boolean isSame(
      CompletableFuture<@Nullable Digest> before, CompletableFuture<@Nullable Digest> now) {
    return before == now
        || (before.isDone()
            && now.isDone()
            && !before.isCompletedExceptionally()
            && !now.isCompletedExceptionally()
            && before.join() != null
            && before.join().equals(now.join()));
  }

  private void addKept(Direction direction, Path path, @Nullable String note) {
    Path real = redirection.apply(path);
    CompletableFuture<@Nullable Digest> digest = new CompletableFuture<>();
    long size = sizeOf(real);
    try {
      awaitHashing(path);
      digest.complete(digests.keep(real));
    } catch (IOException e) {
      digest.completeExceptionally(e);
    }
    add(direction, path, size, digest, note);
  }

  /** A hash still on its way must see the file as it is before what comes changes it. */
  private void awaitHashing(Path path) {
    for (Entry entry : entries) {
      if (entry.path().equals(path)) {
        entry.digest().handle((digest, failure) -> digest).join();
      }
    }
  }

  private void add(
      Direction direction,
      Path path,
      long size,
      CompletableFuture<@Nullable Digest> digest,
      @Nullable String note) {
    entries.add(new Entry(direction, path, size, digest, note));
  }

  private CompletableFuture<@Nullable Digest> digestOf(Path real) {
    CompletableFuture<@Nullable Digest> running = new CompletableFuture<>();
    try {
      Digest known = digests.known(real, FileDigests.State.of(real));
      if (known != null) {
        running.complete(known);
      } else if (sizeOf(real) <= HASHED_AT_ONCE) {
        running.complete(digests.digest(real));
      } else {
        for (Entry entry : entries) {
          if (redirection.apply(entry.path()).equals(real) && !entry.digest().isDone()) {
            return entry.digest();
          }
        }
        hashing.execute(() -> hash(real, running));
      }
    } catch (IOException e) {
      running.completeExceptionally(e);
    }
    return running;
  }

  private void hash(Path real, CompletableFuture<@Nullable Digest> into) {
    try {
      into.complete(digests.digest(real));
    } catch (IOException | RuntimeException e) {
      into.completeExceptionally(e);
    }
  }

  private boolean isFile(Path path) {
    return Files.isRegularFile(redirection.apply(path));
  }

  private static long sizeOf(Path real) {
    try {
      return Files.size(real);
    } catch (IOException e) {
      return 0;
    }
  }
}
