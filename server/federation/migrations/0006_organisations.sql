-- Of each person and organisation at most one request is open.
CREATE UNIQUE INDEX identite_moderation_open
    ON identite_moderation (account_id, siret) WHERE moderated_at IS NULL;
