package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Names one attempt. Ids sort by the moment at which they were decided upon. */
public record AttemptId(@JsonValue String value) {
  @JsonCreator
  public AttemptId {
    Ids.check(value, "a-", "attempt");
  }

  public static AttemptId next(InstantSource clock, RandomGenerator chance) {
    return new AttemptId(Ids.next("a-", clock, chance));
  }

  @Override
  public String toString() {
    return value;
  }
}
