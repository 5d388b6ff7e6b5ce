-- Whether a file was written by a program: such files come last in answers.
ALTER TABLE release_file ADD COLUMN generated boolean NOT NULL DEFAULT false;
CREATE INDEX release_file_generated ON release_file (release_id) WHERE generated;
