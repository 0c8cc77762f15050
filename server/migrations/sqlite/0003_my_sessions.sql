-- What tells a person's sessions apart in their list (sealed), and the sessions that were revoked.
ALTER TABLE session ADD COLUMN label BLOB NOT NULL DEFAULT x'';

CREATE TABLE revoked_session (
    key        BLOB PRIMARY KEY NOT NULL, -- SHA-256 of the session id
    expires_at INTEGER NOT NULL           -- Unix seconds
) STRICT, WITHOUT ROWID;

CREATE INDEX revoked_session_expires_at ON revoked_session (expires_at);
