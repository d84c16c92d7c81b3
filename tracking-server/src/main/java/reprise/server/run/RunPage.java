package reprise.server.run;

import java.util.List;
import reprise.ledger.RunSummary;

/**
 * A stretch of the runs that were asked for.
 *
 * @param total how many there are in all
 */
record RunPage(List<RunSummary> runs, long total) {}
