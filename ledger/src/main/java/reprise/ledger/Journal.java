package reprise.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's events, a line of JSON each, in a file that only grows. A line is in the operating
 * system's hands when {@link #append} returns, so it outlives {@code kill -9}; it is on the disk
 * when {@link #sync} returns. The file is locked as long as its session lives: a journal that can
 * be locked belongs to a dead one. All methods may be called from any thread.
 */
public final class Journal implements Closeable {
  private static final int LONGEST_END = 4096; // no session-ended line is as long as that

  /** Not its channel: that closes for good when a thread that was interrupted writes. */
  private final RandomAccessFile file;

  private long last;
  private long end;

  private Journal(RandomAccessFile file, long last, long end) {
    this.file = file;
    this.last = last;
    this.end = end;
  }

  /**
   * Begins a journal.
   *
   * @throws FileAlreadyExistsException if the file is there: a journal has one writer in its life
   */
  public static Journal begin(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(file);
    RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw");
    if (journal.getChannel().tryLock() == null) {
      journal.close();
      throw new IOException(file + " is locked by another process");
    }
    return new Journal(journal, 0, 0);
  }

  /** What becomes an event once it has its number. */
  @FunctionalInterface
  public interface Draft {
    RunEvent numbered(long number);
  }

  /**
   * Writes the next event.
   *
   * @throws IOException if not all of it could be written, e.g. because the disk is full; then none
   *     of it stands in the journal, and its number goes to the next one that can be
   */
  public synchronized RunEvent append(Draft draft) throws IOException {
    RunEvent event = draft.numbered(last + 1);
    byte[] line = (Wire.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      file.seek(end);
      file.write(line);
    } catch (IOException e) {
      file.setLength(end);
      throw e;
    }
    end += line.length;
    last = event.number();
    return event;
  }

  /** Returns when everything appended so far is on the disk. */
  public void sync() throws IOException {
    file.getFD().sync();
  }

  /** The number of the last event; 0 if there is none. */
  public synchronized long last() {
    return last;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads a journal while another process writes it. For one thread. */
  public static final class Follower implements Closeable {
    private final JournalReader reader;

    private Follower(JournalReader reader) {
      this.reader = reader;
    }

    /** The whole events that have come since the last call; none if there are no new ones. */
    public List<RunEvent> news() throws IOException {
      List<RunEvent> events = new ArrayList<>();
      List<String> lines = reader.next(Integer.MAX_VALUE);
      while (!lines.isEmpty()) {
        lines.forEach(line -> events.add(Wire.read(line, RunEvent.class)));
        lines = reader.next(Integer.MAX_VALUE);
      }
      return events;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** Begins to read at the first event. */
  public static Follower follow(Path file) throws IOException {
    return new Follower(new JournalReader(file));
  }

  /** All whole events in the file. A last line that was cut short by a crash is passed over. */
  public static List<RunEvent> read(Path file) throws IOException {
    try (Follower all = follow(file)) {
      return all.news();
    }
  }

  /** Whose journal a file is; empty if it has no whole line yet. */
  public static Optional<SessionId> session(Path file) throws IOException {
    try (JournalReader reader = new JournalReader(file)) {
      return reader.next(1).stream()
          .map(line -> Wire.read(line, RunEvent.class).session())
          .findFirst();
    }
  }

  /**
   * Ends the journal of a session whose process is gone: cuts off a torn last line and writes the
   * {@link RunEvent.SessionEnded} that the process could not. Does nothing if the session lives or
   * had ended itself.
   *
   * @return the session if it was ended here and now
   */
  public static Optional<SessionId> recover(Path file, InstantSource clock) throws IOException {
    if (Files.size(file) == 0) {
      return Optional.empty(); // its session may be about to lock it
    }
    try (RandomAccessFile found = new RandomAccessFile(file.toFile(), "rw");
        FileLock lock = tryLock(found.getChannel())) {
      if (lock == null) {
        return Optional.empty();
      }
      JournalReader reader = new JournalReader(file);
      String line = lastOf(reader);
      RunEvent last = line == null ? null : Wire.read(line, RunEvent.class);
      if (last == null || last instanceof RunEvent.SessionEnded) {
        return Optional.empty();
      }
      found.setLength(reader.position());
      SessionId session = last.session();
      Journal journal = new Journal(found, last.number(), reader.position());
      journal.append(n -> new RunEvent.SessionEnded(session, n, clock.instant(), "killed"));
      journal.sync();
      return Optional.of(session);
    }
  }

  /** Whether the last line of {@code file} says that its session has ended; reads only the end. */
  public static boolean isOver(Path file) throws IOException {
    try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(LONGEST_END, journal.length())];
      journal.seek(journal.length() - end.length);
      journal.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8).stripTrailing();
      return text.substring(text.lastIndexOf('\n') + 1).startsWith("{\"kind\":\"session-ended\"");
    }
  }

  private static @Nullable String lastOf(JournalReader lines) throws IOException {
    try (lines) {
      String last = null;
      List<String> some = lines.next(Integer.MAX_VALUE);
      while (!some.isEmpty()) {
        last = some.get(some.size() - 1);
        some = lines.next(Integer.MAX_VALUE);
      }
      return last;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // its session lives in this very process
    }
  }
}
