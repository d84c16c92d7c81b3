-- The truth: every event as it came. All other tables in the first part can be dropped and refolded.
CREATE TABLE run_event (
  session TEXT    NOT NULL,
  number  INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  run     TEXT,
  body    TEXT    NOT NULL,
  PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  session    TEXT    NOT NULL PRIMARY KEY,
  next       INTEGER NOT NULL,
  started_at TEXT    NOT NULL,
  notebook   TEXT,
  host       TEXT    NOT NULL,
  pid        INTEGER NOT NULL,
  ended_at   TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX session_open ON session (session) WHERE ended_at IS NULL;

CREATE TABLE run (
  run          TEXT    NOT NULL PRIMARY KEY,
  session      TEXT    NOT NULL,
  number       INTEGER NOT NULL,
  experiment   TEXT    NOT NULL,
  name         TEXT,
  continues    TEXT,
  origin       TEXT    NOT NULL,
  origin_kind  TEXT    NOT NULL,
  notebook     TEXT,
  status       TEXT    NOT NULL,
  started_at   TEXT    NOT NULL,
  ended_at     TEXT,
  steps        INTEGER NOT NULL,
  took_nanos   INTEGER NOT NULL,
  parameters   TEXT    NOT NULL,
  "values"     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX run_in_session ON run (session, number);
CREATE INDEX run_by_age ON run (started_at, run);
CREATE INDEX run_of_experiment ON run (experiment, started_at);

CREATE TABLE data (
  run       TEXT    NOT NULL,
  step      INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  direction TEXT    NOT NULL,
  path      TEXT    NOT NULL,
  digest    TEXT,
  PRIMARY KEY (run, step, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX data_by_digest ON data (digest) WHERE digest IS NOT NULL;

-- What no event tells.
CREATE TABLE pulse (
  session   TEXT NOT NULL PRIMARY KEY,
  last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reproduction (
  id      INTEGER NOT NULL PRIMARY KEY,
  run     TEXT    NOT NULL,
  replay  TEXT,
  at      TEXT    NOT NULL,
  verdict TEXT    NOT NULL,
  body    TEXT    NOT NULL
) STRICT;

CREATE INDEX reproduction_of_run ON reproduction (run, at);
CREATE INDEX reproduction_by_replay ON reproduction (replay, at);

CREATE TABLE replaying (
  id         TEXT NOT NULL PRIMARY KEY,
  run        TEXT NOT NULL,
  state      TEXT NOT NULL,
  replay     TEXT,
  message    TEXT,
  started_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX replaying_of_run ON replaying (run, started_at);

-- Journals of this machine that are over and whose every event and blob is here.
CREATE TABLE swept_journal (
  session TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
