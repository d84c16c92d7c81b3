package reprise.extension.kernel;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Outcome;
import reprise.ledger.Output;

/**
 * How an executed cell ended.
 *
 * @param error what was shown about a failure; null if there was none
 */
record CellRun(Outcome outcome, long tookNanos, Output.@Nullable Traceback error) {}
