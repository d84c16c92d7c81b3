package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of a job's triggers within a stretch, to be made up for or done ahead.
 *
 * @param from the first moment of it
 * @param to the last
 * @param times those that the triggers name, in the order in which they are to be carried out; null
 *     when it is asked for
 * @param known how many of them were fired before and so are not again; null when it is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Backfill(
    Instant from,
    Instant to,
    boolean newestFirst,
    @Nullable List<Instant> times,
    @Nullable Integer known) {}
