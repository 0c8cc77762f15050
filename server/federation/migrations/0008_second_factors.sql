-- Second factors of ProConnect Identité.

-- The secret that an authenticator shares with us, sealed with a key that is not in this database. `last_step`
-- is the time step of the latest accepted code: no code is good twice.
CREATE TABLE identite_totp (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES identite_account (id) ON DELETE CASCADE,
    secret     BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_step  INTEGER
) STRICT;

-- Public keys of passkeys: `credential` is the library's record, in JSON.
CREATE TABLE identite_passkey (
    credential_id BLOB NOT NULL PRIMARY KEY,
    account_id    INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    credential    TEXT NOT NULL,
    user_verified INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER,
    use_count     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX identite_passkey_by_account ON identite_passkey (account_id);

-- Sign-ins are numbered, so that a factor that is added later can be noted with them.
DROP TABLE identite_sign_in;
CREATE TABLE identite_sign_in (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    methods    TEXT NOT NULL,
    device     TEXT NOT NULL,
    service    TEXT
) STRICT;
CREATE INDEX identite_sign_in_by_account ON identite_sign_in (account_id, at);
