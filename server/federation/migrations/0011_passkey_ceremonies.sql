-- Challenges that passkeys are to sign: one a session and purpose, taken out when the answer comes. `state` is the
-- library's record, in JSON.
CREATE TABLE identite_ceremony (
    session_hash BLOB NOT NULL,
    purpose      TEXT NOT NULL,
    account_id   INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    state        TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (session_hash, purpose)
) STRICT, WITHOUT ROWID;
