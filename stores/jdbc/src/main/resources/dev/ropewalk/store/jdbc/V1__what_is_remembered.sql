-- What is remembered. Times are microseconds since 1970, 0 for "not yet"; digests are SHA-256.
-- Once released, this file is never changed: a later version adds a file of its own.

-- The store itself: one row.
CREATE TABLE store (
    one                INTEGER PRIMARY KEY CHECK (one = 1),
    id                 TEXT    NOT NULL,
    epoch              INTEGER NOT NULL,
    projected_position INTEGER NOT NULL
) STRICT;

CREATE TABLE plan (
    id     INTEGER PRIMARY KEY,
    digest BLOB    NOT NULL UNIQUE,
    format INTEGER NOT NULL,
    bytes  BLOB    NOT NULL
) STRICT;

-- What is known of an execution beside its log. The number and digest of its last event are those of
-- its last frame and are not repeated here, so that a frame which changes nothing else is one insert.
CREATE TABLE execution (
    number          INTEGER PRIMARY KEY,
    namespace       TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    workflow        TEXT    NOT NULL,
    version         TEXT    NOT NULL,
    plan            INTEGER NOT NULL REFERENCES plan (id),
    idempotency_key TEXT,
    body_digest     BLOB    NOT NULL,
    status          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    started_at      INTEGER NOT NULL,
    completed_at    INTEGER NOT NULL,
    next_due        INTEGER NOT NULL,
    tags            TEXT    NOT NULL,
    metadata        TEXT    NOT NULL CHECK (json_valid(metadata)),
    error_code      TEXT,
    quarantine      TEXT,
    shown_status    TEXT    AS (CASE WHEN quarantine IS NULL THEN status ELSE 'QUARANTINED' END) VIRTUAL
) STRICT;

CREATE UNIQUE INDEX execution_by_id ON execution (namespace, id);
CREATE UNIQUE INDEX execution_by_key ON execution (namespace, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX execution_by_status ON execution (shown_status, namespace);
CREATE INDEX execution_by_workflow ON execution (namespace, workflow);

-- The log. New rows go to the end of the table; the index finds those of one execution.
CREATE TABLE frame (
    position  INTEGER PRIMARY KEY,
    execution INTEGER NOT NULL,
    epoch     INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    format    INTEGER NOT NULL,
    digest    BLOB    NOT NULL,
    bytes     BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX frame_by_execution ON frame (execution, first_seq);

-- Projected from the log, up to store.projected_position.
CREATE TABLE task (
    execution     INTEGER NOT NULL,
    idx           INTEGER NOT NULL,
    path          TEXT    NOT NULL,
    step          TEXT    NOT NULL,
    tool          TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    attempts      INTEGER NOT NULL,
    generation    INTEGER NOT NULL,
    queued_at     INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    completed_at  INTEGER NOT NULL,
    run_micros    INTEGER NOT NULL,
    error_code    TEXT,
    error_message TEXT,
    result_seq    INTEGER NOT NULL,
    as_of_seq     INTEGER NOT NULL,
    PRIMARY KEY (execution, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    number    INTEGER PRIMARY KEY,
    execution INTEGER NOT NULL,
    task_path TEXT,
    attempt   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    level     TEXT    NOT NULL,
    text      TEXT    NOT NULL
) STRICT;

CREATE INDEX message_by_execution ON message (execution);

-- The files of <store>.blobs that count; others are swept.
CREATE TABLE blob_file (
    id           TEXT    PRIMARY KEY,
    origin       TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    sha256       BLOB    NOT NULL,
    content_type TEXT    NOT NULL,
    encoding     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workflow (
    number        INTEGER PRIMARY KEY,
    namespace     TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    version       TEXT    NOT NULL,
    format        TEXT    NOT NULL,
    definition    BLOB    NOT NULL,
    description   TEXT    NOT NULL,
    registered_at INTEGER NOT NULL,
    UNIQUE (namespace, name, version)
) STRICT;
