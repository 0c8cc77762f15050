-- Sessions: everything personal is in `sealed`; the rest is what the store needs to find and expire.
CREATE TABLE session (
    key        BLOB PRIMARY KEY NOT NULL, -- SHA-256 of the session id
    subject    BLOB NOT NULL,             -- keyed pseudonym of the person, for "my sessions"
    created_at INTEGER NOT NULL,          -- Unix seconds
    last_seen  INTEGER NOT NULL,          -- Unix seconds
    expires_at INTEGER NOT NULL,          -- Unix seconds
    sealed     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_subject ON session (subject);
CREATE INDEX session_expires_at ON session (expires_at);

-- Sign-in attempts that were used, so that none is used twice.
CREATE TABLE used_attempt (
    key        BLOB PRIMARY KEY NOT NULL, -- SHA-256 of the state
    expires_at INTEGER NOT NULL           -- Unix seconds
) STRICT, WITHOUT ROWID;

CREATE INDEX used_attempt_expires_at ON used_attempt (expires_at);
