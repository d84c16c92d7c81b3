-- What became of an attempt's stages, as JSON; of what happened before, there were none.
ALTER TABLE attempt ADD COLUMN stages TEXT NOT NULL DEFAULT '[]';
