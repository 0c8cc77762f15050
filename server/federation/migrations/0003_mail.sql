-- The mails that the federation sent, for the mail sink. The latest few hundred are kept.
CREATE TABLE mail (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    sender       TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    subject      TEXT NOT NULL,
    text_part    TEXT NOT NULL,
    html_part    TEXT NOT NULL,
    sent_at      INTEGER NOT NULL,
    is_read      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The codes sent by mail as second factor: one an address, with when it was sent.
CREATE TABLE email_code (
    email      TEXT NOT NULL PRIMARY KEY,
    code_hash  BLOB NOT NULL,
    sent_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each try at such a code.
CREATE TABLE email_code_try (
    email    TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) STRICT;
CREATE INDEX email_code_try_by_email ON email_code_try (email, tried_at);

-- The address with which an identity signed in last: how accounts are reconciled, and which
-- addresses are known to exist.
ALTER TABLE identity ADD COLUMN email TEXT;
CREATE INDEX identity_by_email ON identity (email, provider_uid);
