package reprise.extension.capture;

import reprise.ledger.ExperimentName;
import reprise.ledger.Origin;
import reprise.ledger.SessionId;

/** Whose steps a recorder writes down. */
record Session(SessionId id, ExperimentName experiment, Origin origin) {}
