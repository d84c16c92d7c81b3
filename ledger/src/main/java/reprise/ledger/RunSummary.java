package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line among many.
 *
 * @param steps how many happened in the run itself
 * @param tookMillis sum over its steps
 * @param parameters by name, as the source last spelled them
 * @param values scalars as the run left them, by name
 * @param verdict of its latest reproduction as a whole and unchanged; null if there was none
 * @param divergedAt the first step that came out otherwise there; null if none did
 * @param cause why, as far as it was proved
 * @param verification how far the server is with replaying it by itself; null if it does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    RunId run,
    ExperimentName experiment,
    @Nullable String name,
    SessionId session,
    @Nullable RunId continues,
    Origin origin,
    @Nullable String notebook,
    RunStatus status,
    Instant startedAt,
    @Nullable Instant endedAt,
    int steps,
    long tookMillis,
    Map<String, String> parameters,
    Map<String, String> values,
    @Nullable Verdict verdict,
    @Nullable Integer divergedAt,
    @Nullable String cause,
    @Nullable Verification verification) {}
