CREATE INDEX CONCURRENTLY note_author ON note (author);
