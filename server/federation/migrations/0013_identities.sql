-- What FranceConnect said about a person, the latest answer only.
CREATE TABLE identite_identity (
    account_id         INTEGER NOT NULL PRIMARY KEY REFERENCES identite_account (id) ON DELETE CASCADE,
    sub                TEXT NOT NULL,
    given_name         TEXT NOT NULL,
    family_name        TEXT NOT NULL,
    preferred_username TEXT,
    gender             TEXT NOT NULL,
    birthdate          TEXT NOT NULL,
    birthplace         TEXT NOT NULL,
    birthcountry       TEXT NOT NULL,
    confirmed_at       INTEGER NOT NULL
) STRICT;

-- When the register was last asked whether the person leads the organisation.
ALTER TABLE identite_link ADD COLUMN verified_at INTEGER;
