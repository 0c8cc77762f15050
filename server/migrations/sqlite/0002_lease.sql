-- Who refreshes a session's tokens holds its lease; writes with an older fence are refused.
ALTER TABLE session ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN leased_until INTEGER NOT NULL DEFAULT 0; -- Unix seconds
