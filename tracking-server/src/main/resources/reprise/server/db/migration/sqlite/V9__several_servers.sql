-- The cause as a column: each kind of database reads JSON in words of its own.
CREATE VIEW found_cause AS
SELECT id, run, other, at, json_extract(body, '$.cause') AS cause FROM explanation;

-- Whose work it is, so that no server takes that of another for the leavings of a dead one.
ALTER TABLE replaying ADD COLUMN server TEXT NOT NULL DEFAULT '';
ALTER TABLE verification ADD COLUMN server TEXT NOT NULL DEFAULT '';
