-- A row of a session is large. Kept inside the tree of keys it makes that tree deep, and every look-up slower
-- the more sessions there are; with rows of their own, it stays as shallow as the keys are short.
CREATE TABLE session_rows (
    key          BLOB NOT NULL UNIQUE,       -- SHA-256 of the session id
    subject      BLOB NOT NULL,              -- keyed pseudonym of the person, for "my sessions"
    created_at   INTEGER NOT NULL,           -- Unix seconds
    last_seen    INTEGER NOT NULL,           -- Unix seconds
    expires_at   INTEGER NOT NULL,           -- Unix seconds
    sealed       BLOB NOT NULL,
    fence        INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER NOT NULL DEFAULT 0, -- Unix seconds
    label        BLOB NOT NULL DEFAULT x''
) STRICT;

INSERT INTO session_rows
    (key, subject, created_at, last_seen, expires_at, sealed, fence, leased_until, label)
SELECT key, subject, created_at, last_seen, expires_at, sealed, fence, leased_until, label FROM session;

DROP TABLE session;
ALTER TABLE session_rows RENAME TO session;

CREATE INDEX session_subject ON session (subject);
CREATE INDEX session_expires_at ON session (expires_at);
