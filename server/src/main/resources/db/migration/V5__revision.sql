-- A number that every transaction changes that stores releases or removes them, or puts packages in another order: who keeps in memory
-- what was read of them asks whether it is the same still. One row, in one place.
CREATE TABLE store_revision (
  number bigint NOT NULL
);
INSERT INTO store_revision VALUES (0);
