package reprise.server.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Parameter;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.Value;
import reprise.ledger.Wire;

/** What is counted and remembered of a run while its steps go by. */
final class Tally {
  private final RunId run;
  private final boolean open;
  private final Map<String, String> parameters;
  private final Map<String, String> values;
  private int steps;
  private long tookNanos;

  private Tally(ResultSet row) throws SQLException {
    this.run = new RunId(row.getString("run"));
    this.open = row.getString("ended_at") == null;
    this.parameters = names(row.getString("parameters"));
    this.values = names(row.getString("values"));
    this.steps = row.getInt("steps");
    this.tookNanos = row.getLong("took_nanos");
  }

  /** The tally of {@code run} so far, if the run is one of the event's session. */
  static Optional<Tally> of(Handle tx, RunId run, RunEvent event) {
    return tx.createQuery("SELECT * FROM run WHERE run = :run AND session = :session")
        .bind("run", run)
        .bind("session", event.session())
        .map((row, ctx) -> new Tally(row))
        .findOne();
  }

  static Map<String, String> names(String json) {
    try {
      return Wire.JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column does not hold what was put in: " + json, e);
    }
  }

  boolean isOpen() {
    return open;
  }

  void count(RunEvent.CellStarted event) {
    steps++;
  }

  void count(RunEvent.CellEnded event) {
    tookNanos += event.tookNanos();
    for (Parameter parameter : event.parameters()) {
      parameters.put(parameter.name(), parameter.value());
    }
    for (Value value : event.values()) {
      if (value.text() == null) {
        values.remove(value.name()); // it holds something else now, without a short form
      } else {
        values.put(value.name(), value.text());
      }
    }
  }

  void save(Handle tx) {
    tx.createUpdate(
            """
            UPDATE run SET steps = :steps, took_nanos = :took, parameters = :parameters,
              "values" = :values
            WHERE run = :run
            """)
        .bind("steps", steps)
        .bind("took", tookNanos)
        .bind("parameters", Wire.write(parameters))
        .bind("values", Wire.write(values))
        .bind("run", run)
        .execute();
  }
}
