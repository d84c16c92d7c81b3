package reprise.server.db;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What one kind of database wants otherwise than another. */
sealed interface Dialect permits Sqlite, Postgres {

  /** Where its connections come from. */
  DataSource source();

  /** The folder, on the class path, of the steps that bring its tables up to date. */
  String migrations();

  /** What the database is called towards people: without a password. */
  String name();

  /**
   * Lets no two transactions that take this turn be under way at once, over all servers of the
   * database; it is kept until the transaction ends.
   */
  void takeTurn(Handle transaction, String turn);

  /** What the servers of this database tell one another. */
  Bulletin bulletin(Jdbi jdbi);

  /** What has to stay open as long as the database is in use. */
  AutoCloseable keepOpen(Jdbi jdbi);
}
