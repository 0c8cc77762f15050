-- Sessions: everything personal is in `sealed` and `label`; the rest is what the store needs to find
-- and expire. Times are Unix seconds by the server's clock, never the database's.
CREATE TABLE session (
    key          BYTEA PRIMARY KEY,           -- SHA-256 of the session id
    subject      BYTEA NOT NULL,              -- keyed pseudonym of the person, for "my sessions"
    created_at   BIGINT NOT NULL,
    last_seen    BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    label        BYTEA NOT NULL,              -- sealed: the device, for "my sessions"
    sealed       BYTEA NOT NULL,
    fence        BIGINT NOT NULL DEFAULT 0,   -- of the latest lease
    leased_until BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 80);                     -- room for `last_seen` to change in place

-- `expires_at` changes with every activity and is deliberately without an index, so that such a
-- change touches none; the sweeper, every few minutes, reads the table.
CREATE INDEX session_subject ON session (subject);

-- Sign-in attempts that were used, so that none is used twice.
CREATE TABLE used_attempt (
    key        BYTEA PRIMARY KEY,             -- SHA-256 of the state
    expires_at BIGINT NOT NULL
);

-- Sessions that were revoked, so that their browsers are told.
CREATE TABLE revoked_session (
    key        BYTEA PRIMARY KEY,             -- SHA-256 of the session id
    expires_at BIGINT NOT NULL
);
