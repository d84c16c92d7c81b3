package reprise.server.run;

import reprise.ledger.Data;
import reprise.ledger.RunId;

/** Where some bytes were read or written: which step of which run, under which path. */
record DataUse(RunId run, int step, Data.Direction direction, String path) {}
