-- One index: packages, their releases, the contents of their files and what is known of them.
--
-- content, extraction and linkage are what grows: each is keyed by content_id first, so that all rows of one content stay together when
-- the tables are distributed by it. No foreign key and no trigger touches them, their distribution column is part of every key and never
-- updated. Everything else is small and stays in one place.

CREATE TABLE package (
  package_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ecosystem  text NOT NULL DEFAULT 'hex',
  name       text NOT NULL,
  -- Place in the order of answers, from 1; packages not ranked yet come last.
  rank       integer NOT NULL DEFAULT 2147483647,
  UNIQUE (ecosystem, name)
);

CREATE TABLE release (
  release_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  package_id  integer NOT NULL REFERENCES package,
  version     text NOT NULL,
  checksum    text NOT NULL,
  -- claimed: a process is at work until lease_until; complete: visible. Published last, by one row.
  state       text NOT NULL CHECK (state IN ('claimed', 'complete')),
  claimed_by  text,
  lease_until timestamptz,
  -- Why it is kept: latest, all, listed, path, locked. When none is left it goes.
  reasons     text[] NOT NULL DEFAULT '{}',
  -- Name to requirement of what it depends on.
  requirements jsonb NOT NULL DEFAULT '{}',
  source      text,
  files       integer NOT NULL DEFAULT 0,
  -- Files that could not be read or held as they are, each with its reason.
  problems    jsonb NOT NULL DEFAULT '[]',
  completed_at timestamptz,
  UNIQUE (package_id, version)
);

CREATE TABLE release_file (
  release_id integer NOT NULL REFERENCES release,
  path       text NOT NULL,
  content_id bigint NOT NULL,
  -- Which linkage of the content holds here; 0 for what has none.
  signature  bigint NOT NULL,
  PRIMARY KEY (release_id, path)
);
CREATE INDEX release_file_content ON release_file (content_id, signature);

-- Of a folder's files: unchanged size and time mean unchanged content.
CREATE TABLE file_stamp (
  release_id integer NOT NULL REFERENCES release ON DELETE CASCADE,
  path       text NOT NULL,
  size       bigint NOT NULL,
  -- Nanoseconds since 1970.
  modified   bigint NOT NULL,
  PRIMARY KEY (release_id, path)
);

-- The order of packages at the end of a run; a cursor names the snapshot that it was made under.
CREATE TABLE rank_snapshot (
  snapshot_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source      text NOT NULL,
  taken_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE content (
  -- The first 8 bytes of the hash.
  content_id bigint PRIMARY KEY,
  -- SHA-256 of the bytes.
  hash       bytea NOT NULL,
  language   text NOT NULL,
  ascii      boolean NOT NULL,
  bytes      integer NOT NULL,
  -- Zstandard.
  source     bytea NOT NULL
);

CREATE TABLE extraction (
  content_id bigint NOT NULL,
  extractor  integer NOT NULL,
  -- ok, damaged (a part does not parse), unreadable (nothing could be made of it)
  state      text NOT NULL,
  -- The compact tree, Zstandard; null when unreadable.
  tree       bytea,
  PRIMARY KEY (content_id, extractor)
);

CREATE TABLE linkage (
  content_id bigint NOT NULL,
  -- Of the extractor's version and what the other modules exported that the names depend on.
  signature  bigint NOT NULL,
  -- Definitions and references with symbol ids and byte ranges, Zstandard.
  facts      bytea NOT NULL,
  terms      integer[] NOT NULL,
  PRIMARY KEY (content_id, signature)
);

-- Compressed already: kept out of line as they are.
ALTER TABLE content ALTER source SET STORAGE EXTERNAL;
ALTER TABLE extraction ALTER tree SET STORAGE EXTERNAL;
ALTER TABLE linkage ALTER facts SET STORAGE EXTERNAL, ALTER terms SET STORAGE EXTERNAL;

CREATE INDEX linkage_terms ON linkage USING gin (terms);

CREATE TABLE symbol (
  symbol_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- module, function, type, callback, attribute
  namespace text NOT NULL,
  module    text NOT NULL,
  -- Empty for a module; of an attribute, without the sign.
  name      text NOT NULL,
  -- -1 for what has none.
  arity     smallint NOT NULL,
  -- Set once something defines it, together with the package of the first that does: a module has one.
  kind      text,
  package_id integer,
  UNIQUE (namespace, module, name, arity)
);
-- By the last part of the name, in small letters: its beginnings come in order.
CREATE INDEX symbol_last ON symbol (
  (lower(CASE WHEN name = '' THEN regexp_replace(module, '^.*\.', '') ELSE name END)) COLLATE "C"
) WHERE kind IS NOT NULL;
-- By the words of the qualified name; of a module also by the humps of its parts.
CREATE INDEX symbol_words ON symbol USING gin (
  array_to_tsvector(array_remove(string_to_array(lower(translate(
    module || '.' || name || CASE WHEN name = '' THEN regexp_replace(module, '([a-z0-9])([A-Z])', '\1.\2', 'g') ELSE '' END,
    '_@:?! ', '......')), '.'), ''))
) WHERE kind IS NOT NULL;
