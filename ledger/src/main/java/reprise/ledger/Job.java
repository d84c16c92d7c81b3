package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promoted pipeline under a name.
 *
 * @param version the one that firings execute from now on
 * @param paused whether its triggers and its queue are held
 * @param owner who answers for it; null if nobody was named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
    JobName job,
    int version,
    boolean paused,
    @Nullable String owner,
    JobPolicy policy,
    Instant createdAt) {}
