CREATE TABLE job_alerts (
  job  TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- key: what makes an alert this one, so that nobody is told twice; next_at: when it is sent, or sent
-- again.
CREATE TABLE alert (
  id         INTEGER NOT NULL PRIMARY KEY,
  job        TEXT    NOT NULL,
  firing     INTEGER,
  rule       TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  created_at TEXT    NOT NULL,
  next_at    TEXT,
  sent_at    TEXT,
  tries      INTEGER NOT NULL,
  problem    TEXT,
  UNIQUE (job, rule, key, channel)
) STRICT;

CREATE INDEX alert_unsent ON alert (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alert_of_job ON alert (job, id);

CREATE TABLE job_runbook (
  job     TEXT    NOT NULL,
  version INTEGER NOT NULL,
  text    TEXT    NOT NULL,
  PRIMARY KEY (job, version)
) STRICT, WITHOUT ROWID;

-- Where an attempt is carried out, whatever its job's policy says by now.
ALTER TABLE attempt ADD COLUMN place TEXT NOT NULL DEFAULT 'here';

-- Like attempt_claim, for those who only wait for what a cluster carries out.
CREATE TABLE cluster_claim (
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

CREATE INDEX cluster_claim_by_time ON cluster_claim (execution_time);
CREATE INDEX cluster_claim_by_heartbeat ON cluster_claim (last_heartbeat);
