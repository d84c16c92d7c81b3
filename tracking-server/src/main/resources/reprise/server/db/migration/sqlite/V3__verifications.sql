-- Only a replay of the whole run that was to be the same says anything about the run.
CREATE VIEW faithful AS
SELECT id, run, replay, at, verdict, json_extract(body, '$.divergences[0].step') AS step
FROM reproduction
WHERE coalesce(json_array_length(body, '$.altered'), 0) = 0
  AND json_extract(body, '$.excerpt') IS NULL;

-- How far the server is with replaying runs by itself; begun_at is that of the latest try.
CREATE TABLE verification (
  run          TEXT    NOT NULL PRIMARY KEY,
  experiment   TEXT    NOT NULL,
  stage        TEXT    NOT NULL,
  why          TEXT,
  begun_at     TEXT,
  spent_millis INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX verification_by_stage ON verification (stage);
CREATE INDEX verification_of_experiment ON verification (experiment, begun_at);

CREATE TABLE verification_policy (
  experiment      TEXT    NOT NULL PRIMARY KEY,
  enabled         INTEGER NOT NULL,
  minutes_per_day INTEGER NOT NULL,
  days            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
