package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Names one run. Ids sort by the moment the run began. */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
  @JsonCreator
  public RunId {
    Ids.check(value, "r-", "run");
  }

  public static RunId next(InstantSource clock, RandomGenerator chance) {
    return new RunId(Ids.next("r-", clock, chance));
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
