package reprise.server.run;

import java.time.Instant;
import reprise.ledger.ExperimentName;

/** A line of work as one line among many. */
record Experiment(ExperimentName experiment, int runs, Instant lastRunAt) {}
