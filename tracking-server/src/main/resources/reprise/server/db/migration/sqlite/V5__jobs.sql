CREATE TABLE job (
  job        TEXT    NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  paused     INTEGER NOT NULL,
  owner      TEXT,
  policy     TEXT    NOT NULL,
  created_at TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Never updated.
CREATE TABLE job_version (
  job     TEXT    NOT NULL,
  version INTEGER NOT NULL,
  run     TEXT    NOT NULL,
  body    TEXT    NOT NULL,
  PRIMARY KEY (job, version)
) STRICT, WITHOUT ROWID;

-- seen_to: what was due up to then has been dealt with; next_at: when the clock must look again.
CREATE TABLE job_trigger (
  id      INTEGER NOT NULL PRIMARY KEY,
  job     TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  body    TEXT    NOT NULL,
  seen_to TEXT    NOT NULL,
  next_at TEXT
) STRICT;

CREATE INDEX job_trigger_of_job ON job_trigger (job);
CREATE INDEX job_trigger_by_time ON job_trigger (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX job_trigger_by_sight ON job_trigger (seen_to);

-- What triggers have heard of, so that nothing counts twice.
CREATE TABLE heard_event (
  id  INTEGER NOT NULL,
  key TEXT    NOT NULL,
  at  TEXT    NOT NULL,
  PRIMARY KEY (id, key)
) STRICT, WITHOUT ROWID;

-- attempt: the only one that may still commit, the fence against all others. tried: how many were
-- made before somebody opened it again.
CREATE TABLE firing (
  firing     INTEGER NOT NULL PRIMARY KEY,
  job        TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  key        TEXT    NOT NULL,
  cause      TEXT    NOT NULL,
  asked      INTEGER NOT NULL,
  due        TEXT,
  parameters TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  why        TEXT,
  attempt    TEXT,
  tried      INTEGER NOT NULL DEFAULT 0,
  created_at TEXT    NOT NULL,
  ended_at   TEXT,
  UNIQUE (job, key)
) STRICT;

CREATE INDEX firing_of_job ON firing (job, firing);
CREATE INDEX firing_open ON firing (job, status) WHERE status IN ('QUEUED', 'RUNNING');

CREATE TABLE attempt (
  attempt    TEXT    NOT NULL PRIMARY KEY,
  firing     INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  status     TEXT    NOT NULL,
  not_before TEXT    NOT NULL,
  started_at TEXT,
  ended_at   TEXT,
  run        TEXT,
  verdict    TEXT,
  why        TEXT,
  artifacts  TEXT    NOT NULL,
  UNIQUE (firing, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_open ON attempt (status) WHERE status IN ('WAITING', 'RUNNING');

-- db-scheduler's, as it wants it: who carries out which attempt, and that they live.
CREATE TABLE attempt_claim (
  task_name            TEXT    NOT NULL,
  task_instance        TEXT    NOT NULL,
  task_data            BLOB,
  execution_time       INTEGER NOT NULL,
  picked               INTEGER NOT NULL,
  picked_by            TEXT,
  last_success         INTEGER,
  last_failure         INTEGER,
  consecutive_failures INTEGER,
  last_heartbeat       INTEGER,
  version              INTEGER NOT NULL,
  PRIMARY KEY (task_name, task_instance)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_claim_by_time ON attempt_claim (execution_time);
CREATE INDEX attempt_claim_by_heartbeat ON attempt_claim (last_heartbeat);
