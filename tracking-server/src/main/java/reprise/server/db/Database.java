package reprise.server.db;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.extension.ExtensionFactory;
import org.jdbi.v3.core.extension.Extensions;
import org.jdbi.v3.sqlobject.SqlObjectFactory;

/** The open database: up to date in its tables, and taught the domain's own types once. */
public final class Database implements AutoCloseable {
  private final Dialect dialect;
  private final DataSource source;
  private final Jdbi jdbi;
  private final AutoCloseable keptOpen;
  private final Bulletin bulletin;

  private Database(Dialect dialect, DataSource source) {
    this.dialect = dialect;
    this.source = source;
    this.jdbi = Columns.teach(Jdbi.create(source));
    this.keptOpen = dialect.keepOpen(jdbi);
    this.bulletin = dialect.bulletin(jdbi);
  }

  /**
   * Opens {@code url}, creating the tables, and of SQLite the file, where they are missing.
   *
   * @param environment knows name and password for a database server, where the URL does not
   * @throws DatabaseUnusable if it cannot serve; the message says why and what to do
   */
  public static Database open(String url, Map<String, String> environment) {
    Dialect dialect = dialect(url, environment);
    DataSource source = dialect.source();
    bringUpToDate(dialect, source);
    return new Database(dialect, source);
  }

  private static Dialect dialect(String url, Map<String, String> environment) {
    if (url.startsWith(Sqlite.PREFIX)) {
      return new Sqlite(url);
    }
    if (url.startsWith(Postgres.PREFIX)) {
      return Postgres.at(url, environment);
    }
    throw new DatabaseUnusable(
        "the database '%s' is of a kind that is not known here; give a URL that begins with %s or %s"
            .formatted(url, Sqlite.PREFIX, Postgres.PREFIX));
  }

  private static void bringUpToDate(Dialect dialect, DataSource source) {
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:reprise/server/db/migration/" + dialect.migrations())
              .load();
      refuseTheFuture(flyway, dialect);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnusable(
          "the database %s cannot be used: %s"
              .formatted(dialect.name(), innermost(e).getMessage()));
    }
  }

  private static void refuseTheFuture(Flyway flyway, Dialect dialect) {
    for (MigrationInfo step : flyway.info().all()) {
      if (step.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new DatabaseUnusable(
            "the database %s was written by a newer Reprise (its tables are at version %s);"
                    .formatted(dialect.name(), step.getVersion())
                + " start that version, or give another --home");
      }
    }
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(Optional.of(e), Optional::isPresent, it -> it.map(Throwable::getCause))
        .flatMap(Optional::stream);
  }

  private static Throwable innermost(Throwable e) {
    return causes(e).reduce((outer, inner) -> inner).orElse(e);
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * The same, but of its transactions only one at a time is under way, over all servers of this
   * database: for what is decided by what others have decided. Each sees all that those before it
   * did.
   */
  public Jdbi inTurn(String turn) {
    Jdbi one = Columns.teach(Jdbi.create(source));
    one.setTransactionHandler(new InTurn(dialect, turn));
    return one;
  }

  /**
   * Reads the annotations of tables beforehand: handles inherit what their Jdbi knows, and each
   * reads anew what that does not, which takes longer than the questions themselves.
   */
  public static void learn(Jdbi jdbi, Class<?>... tables) {
    Extensions extensions = jdbi.getConfig(Extensions.class);
    ExtensionFactory sql = extensions.findFactory(SqlObjectFactory.class).orElseThrow();
    for (Class<?> table : tables) {
      extensions.findMetadata(table, sql);
    }
  }

  /** Has this transaction be the only one of its turn, until it ends. */
  public void takeTurn(Handle transaction, String turn) {
    dialect.takeTurn(transaction, turn);
  }

  /** The same for libraries that know nothing of {@link #jdbi}. */
  public DataSource source() {
    return source;
  }

  /** What the servers of this database tell one another. */
  public Bulletin bulletin() {
    return bulletin;
  }

  /** Whether it can still be read. */
  public boolean answers() {
    try {
      return jdbi.withHandle(
          handle ->
              handle.createQuery("SELECT count(*) >= 0 FROM pulse").mapTo(Boolean.class).one());
    } catch (JdbiException e) {
      return false;
    }
  }

  /** Whether {@code failure} comes from a disk without room, rather than from us. */
  public static boolean isFull(Throwable failure) {
    Throwable innermost = innermost(failure);
    return Sqlite.isFull(innermost) || Postgres.isFull(innermost);
  }

  /** Whether {@code failure} says that the database cannot be reached, which may pass. */
  public static boolean isAway(Throwable failure) {
    return causes(failure).anyMatch(Postgres::isAway);
  }

  @Override
  public void close() {
    bulletin.close();
    try {
      keptOpen.close();
    } catch (Exception e) {
      throw new IllegalStateException("the database cannot be let go", e);
    }
  }
}
