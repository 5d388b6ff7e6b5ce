-- Which contents may hold a text: for each three bytes in a row, in small letters, a list of contents. The lists are kept by the segment,
-- some thousand contents that are indexed together and never change. Advisory like all of the index: a content that has gone may still
-- be listed, and one that is pending is searched without being asked for.
--
-- Distributed, segment and postings go by segment_id, in a group of their own; pending is a queue and stays in one place.

CREATE TABLE text_segment (
  -- That of its first content, which is in no other segment.
  segment_id bigint PRIMARY KEY,
  -- Their ids, 8 bytes each; lists name contents by their place here.
  contents   bytea NOT NULL
);

CREATE TABLE text_postings (
  segment_id bigint NOT NULL,
  -- A hash of the first two bytes.
  slot       smallint NOT NULL,
  -- A list for each hash of the third byte.
  lists      bytea NOT NULL,
  PRIMARY KEY (slot, segment_id)
);

ALTER TABLE text_segment ALTER contents SET STORAGE EXTERNAL;
ALTER TABLE text_postings ALTER lists SET STORAGE EXTERNAL;

-- Contents that are in no segment yet.
CREATE TABLE text_pending (
  content_id bigint PRIMARY KEY
);
INSERT INTO text_pending SELECT content_id FROM content;
