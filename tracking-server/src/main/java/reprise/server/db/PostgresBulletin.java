package reprise.server.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through a table that is not kept safe, and a notice of each stretch of its rows: a notice alone
 * may have 8,000 bytes only.
 */
final class PostgresBulletin implements Bulletin {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBulletin.class);
  private static final String LISTENER = "reprise bulletin";
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_AT_ONCE = 200;
  private static final int LOOK_MILLIS = 500;
  private static final long LOOK_FOR_READERS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long AGAIN_MILLIS = 2000;

  private final Jdbi jdbi;
  private final String me = UUID.randomUUID().toString();
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile boolean hasReaders;
  private volatile boolean closing;
  private long looked;

  PostgresBulletin(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.looked = System.nanoTime() - LOOK_FOR_READERS_NANOS;
    begin("bulletin", this::keepTelling);
  }

  @Override
  public boolean hasReaders() {
    return hasReaders;
  }

  @Override
  public void tell(String text) {
    boolean kept = waiting.offer(text);
    if (!kept) {
      waiting.clear(); // who watches elsewhere has missed much, and may as well miss the rest
    }
  }

  @Override
  public void read(Consumer<String> reader) {
    begin("bulletin reader", () -> listen(reader));
  }

  private void begin(String name, Runnable work) {
    Thread thread = new Thread(() -> keepTrying(name, work), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void keepTrying(String name, Runnable work) {
    boolean complained = false;
    while (!closing) {
      try {
        work.run();
      } catch (RuntimeException e) {
        if (!complained && !closing) {
          LOG.warn("{} goes on: {}", name, e.toString());
          complained = true;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private void keepTelling() {
    try {
      String first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      lookForReaders();
      if (first == null || !hasReaders) {
        return;
      }
      List<String> texts = new ArrayList<>(List.of(first));
      waiting.drainTo(texts, MOST_AT_ONCE);
      jdbi.useTransaction(handle -> write(handle, texts));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private void lookForReaders() {
    if (System.nanoTime() - looked < LOOK_FOR_READERS_NANOS) {
      return;
    }
    looked = System.nanoTime();
    hasReaders =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) > 1 FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name = :listener
                        """)
                    .bind("listener", LISTENER)
                    .mapTo(Boolean.class)
                    .one());
  }

  private void write(Handle handle, List<String> texts) {
    handle.execute("DELETE FROM bulletin WHERE at < now() - INTERVAL '1 minute'");
    PreparedBatch rows =
        handle.prepareBatch("INSERT INTO bulletin (teller, text) VALUES (:teller, :text)");
    texts.forEach(text -> rows.bind("teller", me).bind("text", text).add());
    List<Long> ids = rows.executePreparedBatch("id").mapTo(Long.class).list();
    handle
        .createQuery("SELECT 1 FROM (SELECT pg_notify('reprise_bulletin', :stretch)) it")
        .bind("stretch", "%s %d %d".formatted(me, ids.get(0), ids.get(ids.size() - 1)))
        .mapTo(Integer.class)
        .one();
  }

  private void listen(Consumer<String> reader) {
    try (Handle handle = jdbi.open()) {
      handle.execute("SET application_name = '" + LISTENER + "'");
      handle.execute("LISTEN reprise_bulletin");
      try {
        PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
        while (!closing) {
          for (PGNotification notice : connection.getNotifications(LOOK_MILLIS)) {
            read(handle, notice.getParameter(), reader);
          }
        }
        handle.execute("UNLISTEN *");
      } catch (SQLException e) {
        throw new BulletinLost(e);
      }
    }
  }

  private static final class BulletinLost extends JdbiException {
    private static final long serialVersionUID = 1L;

    BulletinLost(SQLException cause) {
      super(cause);
    }
  }

  private void read(Handle handle, String stretch, Consumer<String> reader) {
    String[] words = stretch.split(" ", 3);
    if (words[0].equals(me)) {
      return;
    }
    handle
        .createQuery(
            """
            SELECT text FROM bulletin
            WHERE teller = :teller AND id BETWEEN :first AND :last ORDER BY id
            """)
        .bind("teller", words[0])
        .bind("first", Long.parseLong(words[1]))
        .bind("last", Long.parseLong(words[2]))
        .mapTo(String.class)
        .list()
        .forEach(reader);
  }

  @Override
  public void close() {
    closing = true;
  }
}
