package reprise.server.db;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.codec.Codec;
import org.jdbi.v3.core.codec.CodecFactory;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.qualifier.QualifiedType;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import reprise.ledger.AlertChannel;
import reprise.ledger.Artifact;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.Digest;
import reprise.ledger.ExperimentName;
import reprise.ledger.Explanation;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobVersion;
import reprise.ledger.Origin;
import reprise.ledger.Reproduction;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;
import reprise.ledger.StageResult;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;

/** The open database: up to date in its tables, and taught the domain's own types once. */
public final class Database implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final int LONGEST_WAIT = 30_000;
  // Always nine digits, so that text sorts as time does.
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Jdbi jdbi;
  private final DataSource source;
  private final Handle anchor;

  private Database(Jdbi jdbi, DataSource source) {
    this.jdbi = jdbi;
    this.source = source;
    // SQLite folds the write-ahead log back whenever the last connection closes; with this one
    // open that is never in the middle of work.
    this.anchor = jdbi.open();
  }

  /**
   * Opens {@code url}, creating the file and its tables where they are missing.
   *
   * @throws DatabaseUnusable if it cannot serve; the message says why and what to do
   */
  public static Database open(String url) {
    if (!url.startsWith(SQLITE)) {
      throw new DatabaseUnusable(
          "the database '%s' is of a kind that is not known here; give a URL that begins with %s"
              .formatted(url, SQLITE));
    }
    DataSource source = source(url);
    bringUpToDate(source, url);
    return new Database(taught(Jdbi.create(source)), source);
  }

  private static DataSource source(String url) {
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

  private static void bringUpToDate(DataSource source, String url) {
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:reprise/server/db/migration")
              .load();
      refuseTheFuture(flyway, url);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnusable(
          "the database %s cannot be used: %s".formatted(url, innermost(e).getMessage()));
    }
  }

  private static void refuseTheFuture(Flyway flyway, String url) {
    for (MigrationInfo step : flyway.info().all()) {
      if (step.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new DatabaseUnusable(
            "the database %s was written by a newer Reprise (its tables are at version %s);"
                    .formatted(url, step.getVersion())
                + " start that version, or give another --home");
      }
    }
  }

  private static Throwable innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Jdbi taught(Jdbi jdbi) {
    return jdbi.installPlugin(new SqlObjectPlugin())
        .registerCodecFactory(
            CodecFactory.builder()
                .addCodec(QualifiedType.of(RunId.class), new Text<>(RunId::value, RunId::new))
                .addCodec(
                    QualifiedType.of(SessionId.class), new Text<>(SessionId::value, SessionId::new))
                .addCodec(
                    QualifiedType.of(ExperimentName.class),
                    new Text<>(ExperimentName::value, ExperimentName::new))
                .addCodec(QualifiedType.of(Digest.class), new Text<>(Digest::hex, Digest::new))
                .addCodec(
                    QualifiedType.of(Instant.class), new Text<>(MOMENT::format, Instant::parse))
                .addCodec(QualifiedType.of(RunEvent.class), json(RunEvent.class))
                .addCodec(QualifiedType.of(Origin.class), json(Origin.class))
                .addCodec(QualifiedType.of(Reproduction.class), json(Reproduction.class))
                .addCodec(QualifiedType.of(Explanation.class), json(Explanation.class))
                .addCodec(QualifiedType.of(JobName.class), new Text<>(JobName::value, JobName::new))
                .addCodec(
                    QualifiedType.of(AttemptId.class), new Text<>(AttemptId::value, AttemptId::new))
                .addCodec(QualifiedType.of(JobPolicy.class), json(JobPolicy.class))
                .addCodec(QualifiedType.of(JobVersion.class), json(JobVersion.class))
                .addCodec(QualifiedType.of(Trigger.class), json(Trigger.class))
                .addCodec(QualifiedType.of(JobAlerts.class), json(JobAlerts.class))
                .addCodec(
                    QualifiedType.of(AlertChannel.class),
                    new Text<>(AlertChannel::value, AlertChannel::new))
                .addCodec(
                    QualifiedType.of(new GenericType<List<Artifact>>() {}), list(Artifact[].class))
                .addCodec(
                    QualifiedType.of(new GenericType<List<StageResult>>() {}),
                    list(StageResult[].class))
                .addCodec(
                    QualifiedType.of(new GenericType<List<Attempt>>() {}), list(Attempt[].class))
                .addCodec(
                    QualifiedType.of(new GenericType<Map<String, String>>() {}),
                    new Text<>(Wire::write, Database::strings))
                .build());
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** The same for libraries that know nothing of {@link #jdbi}. */
  public DataSource source() {
    return source;
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
    return innermost(failure) instanceof SQLiteException it
        && it.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
  }

  @Override
  public void close() {
    anchor.close();
  }

  private static <T> Codec<T> json(Class<T> type) {
    return new Text<>(Wire::write, text -> Wire.read(text, type));
  }

  private static <T> Codec<List<T>> list(Class<T[]> type) {
    return new Text<>(Wire::write, text -> List.of(Wire.read(text, type)));
  }

  private static Map<String, String> strings(String json) {
    try {
      return Wire.JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A type kept in one TEXT column. */
  private record Text<T>(Function<T, String> write, Function<String, T> read) implements Codec<T> {
    @Override
    public Function<T, Argument> getArgumentFunction() {
      return value ->
          (position, statement, ctx) ->
              statement.setString(position, value == null ? null : write.apply(value));
    }

    @Override
    public ColumnMapper<T> getColumnMapper() {
      return (row, column, ctx) -> read(row, column);
    }

    private @Nullable T read(ResultSet row, int column) throws SQLException {
      String text = row.getString(column);
      return text == null ? null : read.apply(text);
    }
  }
}
