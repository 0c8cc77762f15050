-- A link to a town hall or a school may wait for a code that was mailed to its official address: until it is
-- typed, no service is answered on its strength.
ALTER TABLE identite_link ADD COLUMN awaits_code INTEGER NOT NULL DEFAULT 0;

CREATE TABLE identite_contact_code (
    account_id INTEGER NOT NULL,
    siret      TEXT NOT NULL,
    contact    TEXT NOT NULL,
    hash       BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, siret),
    FOREIGN KEY (account_id, siret) REFERENCES identite_link (account_id, siret) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Email domains that were approved for organisations when accounts were last looked at: what is approved
-- since then strengthens the links of people who are members already.
CREATE TABLE identite_approved_domain (
    siret  TEXT NOT NULL,
    domain TEXT NOT NULL,
    PRIMARY KEY (siret, domain)
) STRICT, WITHOUT ROWID;
