package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Names the life of one kernel process, and so its journal. Ids sort by the moment it began. */
public record SessionId(@JsonValue String value) {
  @JsonCreator
  public SessionId {
    Ids.check(value, "s-", "session");
  }

  public static SessionId next(InstantSource clock, RandomGenerator chance) {
    return new SessionId(Ids.next("s-", clock, chance));
  }

  @Override
  public String toString() {
    return value;
  }
}
