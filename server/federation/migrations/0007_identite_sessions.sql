-- Counts how often all sessions of an account were ended at once: a session that was opened under
-- another number is void.
ALTER TABLE identite_account ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
