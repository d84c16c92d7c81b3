package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** How a cell run ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Outcome {
  /** Whether the cell ran to its end. */
  boolean succeeded();

  @JsonTypeName("succeeded")
  record Succeeded() implements Outcome {
    @Override
    public boolean succeeded() {
      return true;
    }
  }

  /** Failed on its own: did not compile, or threw. The trace stands among the step's outputs. */
  @JsonTypeName("failed")
  record Failed(String exception, @Nullable String message) implements Outcome {
    @Override
    public boolean succeeded() {
      return false;
    }
  }

  /** Stopped from outside: by the person, or because its kernel died. */
  @JsonTypeName("interrupted")
  record Interrupted(String by) implements Outcome {
    @Override
    public boolean succeeded() {
      return false;
    }
  }

  /** Ended the kernel itself, with {@code System.exit} or {@code Runtime.halt}. */
  @JsonTypeName("exited")
  record Exited() implements Outcome {
    @Override
    public boolean succeeded() {
      return false;
    }
  }
}
