-- What is remembered between runs over a registry. Small, in one place.

-- What a registry said of a release when it was last asked: as long as the package has not changed since, nobody needs to ask again.
CREATE TABLE checked_release (
  -- The registry: two of them may have a package of the same name.
  source     text NOT NULL,
  name       text NOT NULL,
  version    text NOT NULL,
  -- As the registry has it: of the tarball, or where it knows no other of what is in it.
  checksum   text NOT NULL,
  -- When the package last changed, by the registry's own clock; null where it doesn't say.
  updated_at timestamptz,
  -- Whether there is anything to index.
  sources    boolean NOT NULL,
  PRIMARY KEY (source, name, version)
);

-- Releases that were linked while a package that they depend on could not be had: they are linked again when it is there.
CREATE TABLE linked_without (
  name       text NOT NULL,
  version    text NOT NULL,
  dependency text NOT NULL,
  -- The latest of what was there of the dependency instead; null for nothing.
  seen       timestamptz,
  PRIMARY KEY (name, version, dependency)
);
