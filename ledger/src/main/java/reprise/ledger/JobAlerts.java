package reprise.ledger;

import java.util.List;

/**
 * Who is told of a job, and upon what.
 *
 * @param none whether somebody decided that nobody is to be told
 */
public record JobAlerts(List<AlertChannel> to, List<AlertRule> rules, boolean none) {
  /** Of a job of which nothing was said. */
  public static final JobAlerts UNDECIDED = new JobAlerts(List.of(), List.of(), false);

  public JobAlerts {
    to = List.copyOf(to);
    rules = List.copyOf(rules);
  }

  /** Whether a schedule may be set: somebody is told of failures, or that was decided against. */
  public boolean areDecided() {
    return none
        || (!to.isEmpty() && rules.stream().anyMatch(AlertRule.OnFailure.class::isInstance));
  }
}
