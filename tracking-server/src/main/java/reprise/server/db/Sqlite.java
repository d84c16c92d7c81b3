package reprise.server.db;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A file of this machine, for one server. */
record Sqlite(String url) implements Dialect {
  static final String PREFIX = "jdbc:sqlite:";
  private static final int LONGEST_WAIT = 30_000;

  @Override
  public DataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(LONGEST_WAIT);
    // A transaction that reads before it writes would otherwise fail when another was quicker, and
    // could not be waited for.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  @Override
  public String migrations() {
    return "sqlite";
  }

  @Override
  public String name() {
    return url;
  }

  @Override
  public void takeTurn(Handle transaction, String turn) {
    // One transaction at a time is under way here anyway.
  }

  /**
   * SQLite folds the write-ahead log back whenever the last connection closes; with one open that
   * is never in the middle of work.
   */
  @Override
  public AutoCloseable keepOpen(Jdbi jdbi) {
    return jdbi.open();
  }

  @Override
  public Bulletin bulletin(Jdbi jdbi) {
    return Bulletin.OF_ONE_SERVER;
  }

  static boolean isFull(Throwable innermost) {
    return innermost instanceof SQLiteException it
        && it.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
  }
}
