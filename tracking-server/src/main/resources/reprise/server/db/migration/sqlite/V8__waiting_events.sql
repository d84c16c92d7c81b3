-- Events of triggers that wait for quiet, folded into the one firing that they will be: key, cause
-- and parameters are the last one's.
CREATE TABLE waiting_event (
  id         INTEGER NOT NULL PRIMARY KEY,
  key        TEXT    NOT NULL,
  cause      TEXT    NOT NULL,
  parameters TEXT    NOT NULL,
  events     INTEGER NOT NULL,
  first_at   TEXT    NOT NULL,
  begins_at  TEXT    NOT NULL
) STRICT;

CREATE INDEX waiting_event_by_time ON waiting_event (begins_at);
