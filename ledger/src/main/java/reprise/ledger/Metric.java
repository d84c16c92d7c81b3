package reprise.ledger;

import java.time.Instant;

/**
 * A number that the notebook logged.
 *
 * @param index what the program counts: an epoch, a batch. Without one given it counts from 0 for
 *     each name in a run
 */
public record Metric(String name, double value, long index, Instant at) {}
