package reprise.server.job;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.AlertChannel;
import reprise.ledger.AlertRule;
import reprise.ledger.Firing;
import reprise.ledger.JobName;
import reprise.ledger.Wire;

/**
 * One thing to be told of a job.
 *
 * @param key makes it this one, so that nobody is told twice by one rule
 * @param about null if about no firing in particular
 */
record News(String key, @Nullable Firing about, String subject, String text) {

  /** Of a firing as it ended after so many attempts. */
  static News of(Firing firing, String what, String text) {
    return new News(
        "%d:%d".formatted(firing.firing(), firing.attempts().size()),
        firing,
        "%s %s".formatted(firing.job(), what),
        text);
  }

  /** Has it told at all these places. */
  void tell(Handle handle, JobName job, AlertRule rule, List<AlertChannel> places, Instant now) {
    String kind = Wire.JSON.valueToTree(rule).path("kind").asText();
    for (AlertChannel place : places) {
      handle
          .attach(AlertTable.class)
          .add(job, about == null ? null : about.firing(), kind, key, place, subject, text, now);
    }
  }
}
