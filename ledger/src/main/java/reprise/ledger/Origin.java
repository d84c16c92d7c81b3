package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What made a run happen. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Origin {
  /** A person executed cells in a notebook or console. */
  @JsonTypeName("interactive")
  record Interactive() implements Origin {}

  /** The notebook was executed from its first cell to its last without anybody watching. */
  @JsonTypeName("headless")
  record Headless() implements Origin {}

  /** Another run was executed again from what was recorded of it. */
  @JsonTypeName("replay")
  record Replay(RunId of) implements Origin {}
}
