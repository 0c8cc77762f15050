-- Everything the federation remembers. Secrets are stored as SHA-256 hashes; times are
-- seconds since 1970; `provider` names the server that owns the row.

CREATE TABLE signing_key (
    provider TEXT NOT NULL,
    alg      TEXT NOT NULL,
    pem      TEXT NOT NULL,
    PRIMARY KEY (provider, alg)
) STRICT;

CREATE TABLE browser_session (
    provider   TEXT NOT NULL,
    id_hash    BLOB NOT NULL,
    data       TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (provider, id_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE interaction (
    provider   TEXT NOT NULL,
    uid        TEXT NOT NULL,
    request    TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (provider, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE client_grant (
    id           TEXT NOT NULL PRIMARY KEY,
    provider     TEXT NOT NULL,
    session_hash BLOB NOT NULL,
    data         TEXT NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX client_grant_by_session ON client_grant (provider, session_hash);

CREATE TABLE authorization_code (
    hash        BLOB NOT NULL PRIMARY KEY,
    provider    TEXT NOT NULL,
    grant_id    TEXT NOT NULL REFERENCES client_grant (id) ON DELETE CASCADE,
    binding     TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    redeemed_at INTEGER
) STRICT;
CREATE INDEX authorization_code_by_grant ON authorization_code (grant_id);

CREATE TABLE token (
    hash       BLOB NOT NULL PRIMARY KEY,
    provider   TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    grant_id   TEXT NOT NULL REFERENCES client_grant (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    rotated_at INTEGER
) STRICT;
CREATE INDEX token_by_grant ON token (grant_id);

-- The hub's own sign-ins at identity providers, from the redirect to the callback.
CREATE TABLE upstream_attempt (
    state_hash      BLOB NOT NULL PRIMARY KEY,
    interaction_uid TEXT NOT NULL,
    data            TEXT NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT;

-- Who is who: one account may have several identities.
CREATE TABLE account (
    sub                TEXT NOT NULL PRIMARY KEY,
    active             INTEGER NOT NULL DEFAULT 1,
    last_connection_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identity (
    provider_uid TEXT NOT NULL,
    provider_sub TEXT NOT NULL,
    sub          TEXT NOT NULL REFERENCES account (sub) ON DELETE CASCADE,
    PRIMARY KEY (provider_uid, provider_sub)
) STRICT, WITHOUT ROWID;
