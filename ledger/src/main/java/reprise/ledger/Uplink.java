package reprise.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Carries one journal, and the bytes it speaks of, to the tracking server. The server may be away
 * for days: nothing is given up, and what was sent twice does no harm.
 */
public final class Uplink implements Closeable {
  private static final int BATCH = 500;
  private static final long BATCH_CHARACTERS = 4 << 20;
  private static final Path NOWHERE = Path.of("");
  private static final long FIRST_MILLIS = 1500; // a session's first cell needs the processors more

  /**
   * A cell's events travel together, and so do cells that follow each other quickly: to take in a
   * few at a time cost a server on the same machine as much processor as the cells themselves.
   */
  private static final long LINGER_MILLIS = 150;

  private static final long LONGEST_LINGER_MILLIS = 900;
  private static final long HEARTBEAT_SECONDS = 10;
  private static final long LONGEST_PAUSE_SECONDS = 30;

  private final SessionId session;
  private final JournalReader journal;
  private final BlobFolder blobs;
  private final TrackingClient client;
  private final Semaphore news = new Semaphore(0);
  private final List<String> unsent = new ArrayList<>();
  private long given;
  private long expected;
  private volatile boolean away;
  private volatile boolean closing;

  public Uplink(Home home, SessionId session, TrackingClient client) throws IOException {
    this.session = session;
    this.journal = new JournalReader(home.journal(session));
    this.blobs = new BlobFolder(home.blobs());
    this.client = client;
  }

  /** Delivers in the background from now on, until {@link #close}. */
  public Uplink start() {
    Thread thread = new Thread(this::run, "reprise-uplink");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Says that the journal has grown or that a blob was kept. Never waits. */
  public void nudge() {
    news.release();
  }

  private void run() {
    long pause = 1;
    boolean begun = false;
    while (!closing) {
      try {
        if (!begun) {
          TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS);
          begun = true;
        }
        if (!deliver()) {
          client.take(session, List.of());
        }
        away = false;
        pause = 1;
        await(HEARTBEAT_SECONDS);
      } catch (InterruptedIOException | InterruptedException e) {
        return;
      } catch (IOException | OutOfMemoryError | LinkageError e) {
        away = true; // LinkageError: memory ran out while a class of the JDK's was made ready
        keepHere();
        pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS);
        try {
          TimeUnit.SECONDS.sleep(pause);
        } catch (InterruptedException stop) {
          return;
        }
      }
    }
  }

  private void await(long seconds) throws InterruptedException {
    if (news.tryAcquire(seconds, TimeUnit.SECONDS)) {
      long lingered = 0;
      do {
        TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
        lingered += LINGER_MILLIS;
      } while (news.drainPermits() > 0 && lingered < LONGEST_LINGER_MILLIS && !closing);
    }
  }

  /**
   * Sends everything that stands in the journal and was not sent, and the blobs it speaks of.
   *
   * @return whether there was anything
   */
  public synchronized boolean deliver() throws IOException {
    boolean any = false;
    if (expected == 0) {
      expected = client.take(session, List.of());
    }
    while (true) {
      if (unsent.isEmpty()) {
        unsent.addAll(journal.next(BATCH));
      }
      if (unsent.isEmpty()) {
        return any;
      }
      deliverLines();
      deliverBlobs();
      given += unsent.size();
      unsent.clear();
      any = true;
    }
  }

  /**
   * Whether the server was not there when it was last tried, so that bytes must be kept on this
   * machine until it is.
   */
  public boolean isAway() {
    return away;
  }

  /**
   * Keeps what the next unsent lines speak of, for it may be changed or removed before the server
   * comes back.
   */
  public synchronized void keepHere() {
    try {
      if (unsent.isEmpty()) {
        unsent.addAll(journal.next(BATCH));
      }
      for (Map.Entry<Digest, Path> each : spokenOf().entrySet()) {
        if (blobs.find(each.getKey()).isEmpty() && Files.isRegularFile(each.getValue())) {
          try (InputStream bytes = Files.newInputStream(each.getValue())) {
            blobs.keep(each.getKey(), bytes);
          }
        }
      }
    } catch (IOException e) {
      // changed since, or no room: the next attempt to deliver finds out what can still be had
    }
  }

  private Map<Digest, Path> spokenOf() {
    Map<Digest, Path> spokenOf = new LinkedHashMap<>();
    for (String line : unsent) {
      collect(Wire.read(line, RunEvent.class), spokenOf);
    }
    return spokenOf;
  }

  /** Line by line the journal counts from 1, so what the server has needs no look at the lines. */
  private void deliverLines() throws IOException {
    int known = (int) Math.min(unsent.size(), Math.max(0, expected - 1 - given));
    for (int from = known; from < unsent.size(); ) {
      int to = from + howManyFit(from);
      expected = client.take(session, unsent.subList(from, to));
      from = to;
    }
  }

  /** At least one; the server takes no more than 64 MiB at once. */
  private int howManyFit(int from) {
    long characters = 0;
    int to = from;
    while (to < unsent.size() && (to == from || characters < BATCH_CHARACTERS)) {
      characters += unsent.get(to).length();
      to++;
    }
    return to - from;
  }

  private void deliverBlobs() throws IOException {
    Map<Digest, Path> spokenOf = spokenOf();
    if (spokenOf.isEmpty()) {
      return;
    }
    Set<Digest> delivered = new LinkedHashSet<>(spokenOf.keySet());
    for (Digest digest : client.missing(spokenOf.keySet())) {
      Path source = blobs.find(digest).orElseGet(() -> spokenOf.getOrDefault(digest, NOWHERE));
      if (!Files.isRegularFile(source) || !deliverBlob(digest, source)) {
        delivered.remove(digest);
      }
    }
    for (Digest digest : delivered) {
      blobs.drop(digest);
    }
  }

  /** Whether the server has it now; it has not if the original has changed since it was hashed. */
  private boolean deliverBlob(Digest digest, Path source) throws IOException {
    try {
      client.keep(digest, source);
      return true;
    } catch (TrackingClient.Refused e) {
      if (e.status() != 422) {
        throw e;
      }
      return false;
    }
  }

  private static void collect(RunEvent event, Map<Digest, Path> into) {
    if (event instanceof RunEvent.DataTouched late) {
      collect(late.data(), into);
    } else if (event instanceof RunEvent.CellEnded ended) {
      collect(ended.data(), into);
      Chance chance = ended.chance();
      if (chance != null && chance.kept() != null) {
        into.put(chance.kept(), NOWHERE);
      }
      for (Jar jar : ended.jars()) {
        if (jar.digest() != null && !jar.canBeHadAgain()) {
          into.put(jar.digest(), Path.of(jar.path()));
        }
      }
    } else if (event instanceof RunEvent.OutputAdded added
        && added.output() instanceof Output.StreamRest rest) {
      into.put(rest.digest(), NOWHERE);
    }
  }

  private static void collect(List<Data> all, Map<Digest, Path> into) {
    for (Data data : all) {
      Digest digest = data.digest();
      if (digest != null && data.keepsItsBytes()) {
        boolean isInABlob =
            data.direction() == Data.Direction.LISTED
                || data.direction() == Data.Direction.RECEIVED;
        into.put(digest, isInABlob ? NOWHERE : Path.of(data.path()));
      }
    }
  }

  /** Stops delivering in the background; what is undelivered stays in the journal. */
  @Override
  public void close() throws IOException {
    closing = true;
    nudge();
    synchronized (this) {
      journal.close();
    }
  }
}
