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
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.codec.Codec;
import org.jdbi.v3.core.codec.CodecFactory;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.qualifier.QualifiedType;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
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

/**
 * How the ledger's types stand in columns: each as one text, the same in every kind of database.
 */
final class Columns {
  // Always nine digits, so that text sorts as time does.
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Columns() {}

  static Jdbi teach(Jdbi jdbi) {
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
                    new Text<>(Wire::write, Columns::strings))
                .build());
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
