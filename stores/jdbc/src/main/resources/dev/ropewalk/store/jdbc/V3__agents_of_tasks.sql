-- Who ran the last attempt of a task, if it asked for an agent.
-- Once released, this file is never changed: a later version adds a file of its own.
ALTER TABLE task ADD COLUMN agent TEXT;
