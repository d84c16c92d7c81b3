CREATE TABLE explanation (
  id    INTEGER NOT NULL PRIMARY KEY,
  run   TEXT    NOT NULL,
  other TEXT    NOT NULL,
  at    TEXT    NOT NULL,
  body  TEXT    NOT NULL
) STRICT;

CREATE INDEX explanation_of_run ON explanation (run, at);
CREATE INDEX explanation_by_other ON explanation (other, at);
