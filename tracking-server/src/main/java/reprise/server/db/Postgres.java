package reprise.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A database server that several tracking servers may share. */
record Postgres(String url, HikariDataSource source) implements Dialect {
  static final String PREFIX = "jdbc:postgresql:";

  /** They take the address apart from the password, which no list of processes may show. */
  private static final String USER = "REPRISE_DB_USER";

  private static final String PASSWORD = "REPRISE_DB_PASSWORD";

  private static final int CONNECTIONS = 16;
  private static final int LONGEST_WAIT_MILLIS = 10_000;
  private static final String FULL = "53100";
  // Refused, lost, shutting down, starting up, too many: all of which pass.
  private static final String CONNECTION = "08";
  private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");

  static Postgres at(String url, Map<String, String> environment) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    if (environment.containsKey(USER)) {
      config.setUsername(environment.get(USER));
    }
    if (environment.containsKey(PASSWORD)) {
      config.setPassword(environment.get(PASSWORD));
    }
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
    config.setInitializationFailTimeout(-1); // whoever asks first hears what is wrong
    config.setPoolName("database");
    config.addDataSourceProperty("ApplicationName", "reprise");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    return new Postgres(url, new HikariDataSource(config));
  }

  @Override
  public String migrations() {
    return "postgresql";
  }

  @Override
  public String name() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public void takeTurn(Handle transaction, String turn) {
    transaction
        .createQuery("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:turn, 0))) it")
        .bind("turn", "reprise " + turn)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public AutoCloseable keepOpen(Jdbi jdbi) {
    return source;
  }

  @Override
  public Bulletin bulletin(Jdbi jdbi) {
    return new PostgresBulletin(jdbi);
  }

  static boolean isFull(Throwable innermost) {
    return innermost instanceof SQLException it && FULL.equals(it.getSQLState());
  }

  static boolean isAway(Throwable cause) {
    return cause instanceof SQLTransientConnectionException
        || (cause instanceof SQLException it
            && it.getSQLState() != null
            && (it.getSQLState().startsWith(CONNECTION) || AWAY.contains(it.getSQLState())));
  }
}
