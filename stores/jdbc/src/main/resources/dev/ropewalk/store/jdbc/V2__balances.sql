-- What rates and budgets have used up, written in the transaction of the events that made it so.
-- Once released, this file is never changed: a later version adds a file of its own.
CREATE TABLE balance (
    key   TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
