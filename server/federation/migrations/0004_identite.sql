-- ProConnect Identité: its accounts and what belongs to them. Addresses are in lower case; passwords
-- are Argon2id hashes in PHC form; codes and links are SHA-256 hashes; times are seconds since 1970.

CREATE TABLE identite_account (
    id                  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email               TEXT NOT NULL UNIQUE,
    password_hash       TEXT,
    email_verified_at   INTEGER,
    given_name          TEXT,
    family_name         TEXT,
    phone_number        TEXT,
    job                 TEXT,
    created_at          INTEGER NOT NULL,
    last_sign_in_at     INTEGER,
    sign_in_count       INTEGER NOT NULL DEFAULT 0,
    force_second_factor INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Which configured accounts were written into the table above, and from which definition.
CREATE TABLE identite_fixture (
    email      TEXT NOT NULL PRIMARY KEY,
    definition BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The organisations that a person belongs to. `kind` says how that was established.
CREATE TABLE identite_link (
    account_id  INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    siret       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    is_external INTEGER NOT NULL DEFAULT 0,
    greeted     INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    UNIQUE (account_id, siret)
) STRICT;

-- Requests to join an organisation that someone has to decide; pending until `moderated_at`.
CREATE TABLE identite_moderation (
    id            INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id    INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    siret         TEXT NOT NULL,
    kind          TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'reopened', 'unknown')),
    created_at    INTEGER NOT NULL,
    moderated_at  INTEGER,
    reason        TEXT,
    allow_editing INTEGER NOT NULL DEFAULT 0,
    sp_name       TEXT
) STRICT;
CREATE INDEX identite_moderation_by_account ON identite_moderation (account_id);

-- What was mailed to prove who reads an address: one an account and purpose, good for one use.
CREATE TABLE identite_secret (
    account_id INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL,
    hash       BLOB NOT NULL,
    sent_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX identite_secret_by_hash ON identite_secret (hash);

-- What was tried, for the limits. The subject is an address.
CREATE TABLE identite_try (
    scope    TEXT NOT NULL,
    subject  TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) STRICT;
CREATE INDEX identite_try_by_subject ON identite_try (scope, subject, tried_at);

CREATE TABLE identite_trusted_browser (
    token_hash   BLOB NOT NULL PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    device       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identite_trusted_browser_by_account ON identite_trusted_browser (account_id);

CREATE TABLE identite_sign_in (
    account_id INTEGER NOT NULL REFERENCES identite_account (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    methods    TEXT NOT NULL,
    device     TEXT NOT NULL,
    service    TEXT
) STRICT;
CREATE INDEX identite_sign_in_by_account ON identite_sign_in (account_id, at);

-- Sessions written before now name accounts that did not live here.
DELETE FROM browser_session WHERE provider = 'identite';
