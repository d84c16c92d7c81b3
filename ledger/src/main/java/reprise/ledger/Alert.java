package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody is told about a job.
 *
 * @param firing what it is about; null if about none in particular
 * @param rule its kind
 * @param sentAt null as long as it has not arrived
 * @param tries how often it was sent
 * @param problem why the last try failed; null if none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
    long id,
    JobName job,
    @Nullable Long firing,
    String rule,
    AlertChannel channel,
    String subject,
    String text,
    Instant createdAt,
    @Nullable Instant sentAt,
    int tries,
    @Nullable String problem) {}
