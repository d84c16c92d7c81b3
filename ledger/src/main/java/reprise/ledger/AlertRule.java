package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** Upon what somebody is told about a job. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface AlertRule {
  /** A firing came to no good end after its last attempt. */
  @JsonTypeName("failed")
  record OnFailure() implements AlertRule {}

  /** A firing succeeded where the one before it had failed. */
  @JsonTypeName("recovered")
  record OnRecovery() implements AlertRule {}

  /**
   * A firing has not been begun so long after it was due, or after it came.
   *
   * @param seconds how long that may take
   */
  @JsonTypeName("not-started")
  record IfNotStarted(int seconds) implements AlertRule {
    public IfNotStarted {
      Stretches.check(seconds);
    }
  }

  /**
   * A firing has come to no good end so long after it was due, or after it came.
   *
   * @param seconds how long that may take
   */
  @JsonTypeName("late")
  record IfLate(int seconds) implements AlertRule {
    public IfLate {
      Stretches.check(seconds);
    }
  }

  /**
   * No firing has succeeded for so long.
   *
   * @param seconds how long that may last
   */
  @JsonTypeName("no-success")
  record WithoutSuccess(int seconds) implements AlertRule {
    public WithoutSuccess {
      Stretches.check(seconds);
    }
  }

  /**
   * A firing took, or is taking, so many times what the latest successes took.
   *
   * @param times of their median
   */
  @JsonTypeName("slow")
  record IfSlow(double times) implements AlertRule {
    public IfSlow {
      if (!(times > 1) || times > 1000) {
        throw new IllegalArgumentException(
            "a firing is slow that takes more than 1 and up to 1000 times as long as usual, not %s"
                .formatted(times));
      }
    }
  }

  /**
   * A metric or a value is worse than it was by more than a margin.
   *
   * @param margin as a share of what it was, e.g. 0.05
   * @param higherIsBetter else lower is
   * @param last beside the mean of so many successes before; null for the golden run
   */
  @JsonTypeName("metric")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record IfWorse(String metric, double margin, boolean higherIsBetter, @Nullable Integer last)
      implements AlertRule {
    public IfWorse {
      if (!(margin >= 0) || margin > 100) {
        throw new IllegalArgumentException(
            "a margin is a share from 0 to 100, e.g. 0.05, not %s".formatted(margin));
      }
      if (last != null && (last < 1 || last > 100)) {
        throw new IllegalArgumentException(
            "a metric is held against the last 1 to 100 successes, not %d".formatted(last));
      }
    }
  }

  /** Nothing that was read is live, and yet it came out otherwise than in the golden run. */
  @JsonTypeName("diverged")
  record IfDiverged() implements AlertRule {}

  /**
   * A table that was read from outside is no longer like the one of the golden run: in its rows, in
   * what is missing, in its ranges or categories.
   *
   * @param margin as a share, e.g. 0.1
   */
  @JsonTypeName("drifted")
  record IfDrifted(double margin) implements AlertRule {
    public IfDrifted {
      if (!(margin >= 0) || margin > 100) {
        throw new IllegalArgumentException(
            "a margin is a share from 0 to 100, e.g. 0.1, not %s".formatted(margin));
      }
    }
  }

  /** What lengths of time may be. */
  final class Stretches {
    private static final int TEN_YEARS = 10 * 366 * 86_400;

    private Stretches() {}

    static void check(int seconds) {
      if (seconds < 1 || seconds > TEN_YEARS) {
        throw new IllegalArgumentException(
            "seconds is a whole number from 1 to %d, not %d".formatted(TEN_YEARS, seconds));
      }
    }
  }
}
