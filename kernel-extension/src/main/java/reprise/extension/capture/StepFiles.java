package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;
import reprise.extension.agent.FileTouch;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;

/** What one step does to files, from whichever thread. */
final class StepFiles {
  private static final int MOST_LOOKS = 10_000;
  private static final int MOST_MOVED = 10_000;
  private static final String NO_BYTES = "neither a file nor a folder, so it has no bytes to keep";
  private static final String NO_TEXT = "its name is not text in this encoding";
  private static final char REPLACEMENT = '\uFFFD';
  private static final Path TEMPORARY =
      Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();

  private final Keeping keeping;
  private final UnaryOperator<Path> redirection;
  private final Consumer<StepFiles> late;
  private List<Entry> entries = new ArrayList<>();
  private Map<Path, Entry> latest = new HashMap<>();
  private Map<Path, Direction> firstDone = new HashMap<>();
  private final Set<Path> beingWritten = new LinkedHashSet<>();
  private final Set<Path> databases = new HashSet<>();
  private Set<Path> lookedAt = new HashSet<>();
  private final Looks looks = new Looks();
  private final Map<Entry, Looks.Listed> listings = new HashMap<>();
  private boolean ended;

  /**
   * @param late told of each touch that comes after the step has ended
   */
  StepFiles(Keeping keeping, UnaryOperator<Path> redirection, Consumer<StepFiles> late) {
    this.keeping = keeping;
    this.redirection = redirection;
    this.late = late;
  }

  /**
   * What the step did since the last call, in order. Waits for digests on their way, which are not
   * waited for by those who touch files meanwhile.
   */
  List<Data> take() {
    List<Entry> taken;
    synchronized (this) {
      ended = true;
      settleAll();
      listings.forEach((entry, listed) -> keeping.keep(listed.listing(), entry.digest()));
      taken = entries.stream().filter(this::matters).toList();
      entries = new ArrayList<>(); // a session has many steps, and most are never touched again
      latest = new HashMap<>();
      firstDone = new HashMap<>();
      lookedAt = new HashSet<>();
      listings.clear();
    }
    return taken.stream().map(keeping::data).toList();
  }

  /** What was read or written says more than that somebody looked at it first. */
  private boolean matters(Entry entry) {
    Direction first = entry.isALook() ? firstDone.get(entry.path()) : null;
    return first == null
        || switch (entry.direction()) {
          case MISSED -> first != Direction.WRITTEN;
          case LOOKED_AT -> first != Direction.READ && first != Direction.DELETED;
          default -> first != entry.direction();
        };
  }

  /** Writes down what is about to be done, and saves what is about to be lost. */
  synchronized void touch(FileTouch touch, Path path, @Nullable Path target) {
    if (ended) {
      late.accept(this);
    }
    if (touch == FileTouch.LOOK) {
      look(path);
      return;
    }
    settle(path);
    Path real = redirection.apply(path);
    FileState state = FileState.ifThere(real);
    if (state != null && state.isFolder()) {
      touchFolder(touch, path, real, target);
    } else if (state != null && !state.isFile()) {
      addOnce(Entry.without(Direction.READ, path, 0, NO_BYTES));
    } else {
      touchFile(touch, path, state, target);
    }
  }

  private void touchFile(
      FileTouch touch, Path path, @Nullable FileState state, @Nullable Path target) {
    switch (touch) {
      case READ -> {
        if (state != null) {
          addRead(lookedAt.contains(path) ? throughLink(path) : path, state, null);
        }
      }
      case TRUNCATE -> {
        lose(path, state, Data.OVERWRITTEN);
        beingWritten.add(path);
      }
      case APPEND, UPDATE -> {
        keep(Direction.READ, path, state, null);
        beingWritten.add(path);
      }
      case DELETE -> {
        if (isPassing(path)) {
          forget(path);
        } else {
          lose(path, state, null);
        }
      }
      case MOVE, LINK -> {
        if (state != null && target != null) {
          settle(target);
          lose(target, FileState.ifThere(redirection.apply(target)), Data.OVERWRITTEN);
          keep(touch == FileTouch.MOVE ? Direction.DELETED : Direction.READ, path, state, null);
          beingWritten.add(target);
        }
      }
      case CONNECT -> {
        databases.add(path);
        keep(Direction.READ, path, state, Databases.NOTE);
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        keep(Direction.READ, log, FileState.ifThere(redirection.apply(log)), Databases.NOTE);
      }
      case LOOK -> throw new AssertionError("a look is no touch");
    }
  }

  /** A temporary file that the step made itself: once removed, nobody is going to ask for it. */
  private boolean isPassing(Path path) {
    return TEMPORARY.equals(path.getParent()) && firstDone.get(path) == Direction.WRITTEN;
  }

  private void forget(Path path) {
    entries.removeIf(entry -> entry.path().equals(path));
    latest.remove(path);
    firstDone.remove(path);
  }

  /** A link that the step made itself, a replay makes too; it needs what the link leads to. */
  private Path throughLink(Path path) {
    Path real = redirection.apply(path);
    try {
      return Files.isSymbolicLink(real) ? real.toRealPath() : path;
    } catch (IOException e) {
      return path;
    }
  }

  private void touchFolder(FileTouch touch, Path path, Path real, @Nullable Path target) {
    if (touch == FileTouch.READ) {
      list(path, real);
    } else if (touch == FileTouch.MOVE && target != null) {
      moveAll(path, real, target);
    }
  }

  /** A folder that gets another name takes its files along. */
  private void moveAll(Path folder, Path real, Path target) {
    try (Stream<Path> all = Files.walk(real)) {
      all.limit(MOST_MOVED)
          .forEach(
              file -> {
                Path inside = real.relativize(file);
                FileState state = FileState.ifThere(file);
                if (state != null && state.isFile()) {
                  Path path = folder.resolve(inside);
                  settle(path);
                  add(Direction.DELETED, path, state.size(), keeping.digest(file, state), null);
                  beingWritten.add(target.resolve(inside));
                }
              });
    } catch (IOException | java.io.UncheckedIOException e) {
      addOnce(Entry.without(Direction.READ, folder, 0, "not all of it could be looked at: " + e));
    }
  }

  /** Notes that somebody asked whether the path is there, of what kind, how large. */
  private void look(Path path) {
    if (latest.containsKey(path)
        || beingWritten.contains(path)
        || lookedAt.size() >= MOST_LOOKS
        || !lookedAt.add(path)) {
      return; // what was found first is what a replay must find
    }
    FileState state = FileState.ifThere(redirection.apply(path));
    if (state == null) {
      entries.add(Entry.without(Direction.MISSED, path, 0, null));
    } else if (!looks.asked(path, state)) {
      entries.add(
          state.isFolder()
              ? Entry.without(Direction.LISTED, path, 0, null)
              : Entry.without(Direction.LOOKED_AT, path, state.isFile() ? state.size() : 0, null));
    }
  }

  private void list(Path folder, Path real) {
    Looks.Listed now = looks.list(folder, real);
    if (now != null) {
      Entry entry =
          new Entry(Direction.LISTED, folder, now.names().size(), new CompletableFuture<>(), null);
      listings.put(entry, now);
      add(entry);
    }
  }

  /** What was written to {@code path} so far is what a reader finds: it becomes an entry now. */
  private void settle(Path path) {
    if (beingWritten.remove(path)) {
      FileState state = FileState.ifThere(redirection.apply(path));
      if (state != null && state.isFile()) {
        addWritten(path, state, databases.contains(path) ? Databases.NOTE : null);
      }
    }
  }

  /** All that was written so far becomes entries now. */
  synchronized void settleAll() {
    List.copyOf(beingWritten).forEach(this::settle);
  }

  /** Something out of sight has written the file. */
  synchronized void written(Path path, FileState state, String note) {
    Entry before = latest.get(path);
    CompletableFuture<@Nullable Digest> digest = keeping.digest(redirection.apply(path), state);
    boolean isKnown =
        beingWritten.contains(path)
            || (before != null
                && before.direction() == Direction.WRITTEN
                && before.foundTheSame(digest));
    if (!isKnown) {
      addWritten(path, state, note);
    }
  }

  /** Something out of sight has removed the file. */
  synchronized void removed(Path path, long size, @Nullable Digest digest) {
    Entry before = latest.get(path);
    if (before == null || before.direction() != Direction.DELETED) {
      add(Direction.DELETED, path, size, CompletableFuture.completedFuture(digest), null);
    }
  }

  /** Something out of sight is likely to read the file, and may change it in place. */
  synchronized void givenAway(Path path, String note) {
    settle(path);
    Path real = redirection.apply(path);
    FileState state = FileState.ifThere(real);
    if (state != null && state.isFolder()) {
      list(path, real);
    } else if (state != null && state.isFile()) {
      if (keeping.isCheap(state.size())) {
        addRead(path, state, note, keeping.kept(real, state));
      } else {
        addRead(path, state, note);
      }
    }
  }

  /** Lists a folder for something out of sight, with all that can be asked of what is in it. */
  synchronized void givenAwayFolder(Path folder, int mostEntries) {
    Path real = redirection.apply(folder);
    list(folder, real);
    Looks.Listed now = looks.latest(folder);
    if (now != null) {
      for (String name : now.names().stream().limit(mostEntries).toList()) {
        FileState state = FileState.ifThere(real.resolve(name));
        if (state != null && lookedAt.add(folder.resolve(name))) {
          looks.asked(folder.resolve(name), state);
        }
      }
    }
  }

  private void addWritten(Path path, FileState state, @Nullable String note) {
    Path real = redirection.apply(path);
    boolean vanishes = !real.equals(path); // a workspace is gone before anybody asks for it
    add(
        Direction.WRITTEN,
        path,
        state.size(),
        vanishes || isUnspeakable(path) ? keeping.kept(real, state) : keeping.digest(real, state),
        note);
  }

  private void addRead(Path path, FileState state, @Nullable String note) {
    Path real = redirection.apply(path);
    addRead(
        path,
        state,
        note,
        isUnspeakable(path) ? keeping.kept(real, state) : keeping.digest(real, state));
  }

  private void addRead(
      Path path,
      FileState state,
      @Nullable String note,
      CompletableFuture<@Nullable Digest> digest) {
    Entry before = latest.get(path);
    boolean isTheSame =
        before != null && before.direction() == Direction.READ && before.foundTheSame(digest);
    if (!isTheSame) {
      add(Direction.READ, path, state.size(), digest, note);
    }
  }

  private void lose(Path path, @Nullable FileState state, @Nullable String note) {
    keep(Direction.DELETED, path, state, note);
  }

  private void keep(
      Direction direction, Path path, @Nullable FileState state, @Nullable String note) {
    if (state != null && state.isFile()) {
      awaitHashing(path);
      add(direction, path, state.size(), keeping.kept(redirection.apply(path), state), note);
    }
  }

  /** A hash still on its way must see the file as it is before what comes changes it. */
  private void awaitHashing(Path path) {
    Entry before = latest.get(path);
    if (before != null) {
      try {
        before.digest().join();
      } catch (CompletionException e) {
        // its entry says so
      }
    }
  }

  private void add(
      Direction direction,
      Path path,
      long size,
      CompletableFuture<@Nullable Digest> digest,
      @Nullable String note) {
    String remark = note == null && isUnspeakable(path) ? NO_TEXT : note;
    add(new Entry(direction, path, size, digest, remark));
  }

  private void add(Entry entry) {
    entries.add(entry);
    latest.put(entry.path(), entry);
    firstDone.putIfAbsent(entry.path(), entry.direction());
  }

  private void addOnce(Entry entry) {
    if (!latest.containsKey(entry.path())) {
      add(entry);
    }
  }

  /** Whether the path's own bytes are lost in a record, so that nobody can find the file by it. */
  private static boolean isUnspeakable(Path path) {
    return path.toString().indexOf(REPLACEMENT) >= 0;
  }

  /** A file of the machine's that the step itself read. */
  synchronized void readOfTheMachine(Path path) {
    addOnce(Entry.without(Direction.READ, path, 0, "belongs to the machine, so it is not kept"));
  }
}
