-- Attachments, and notes that come from files.

-- Where a note comes from, beneath the folder for imports: what is there already is not imported again.
ALTER TABLE notes ADD COLUMN source TEXT;
CREATE UNIQUE INDEX notes_by_source ON notes (source) WHERE source IS NOT NULL;
CREATE INDEX notes_by_time ON notes (updated DESC, id DESC);

CREATE TABLE attachments (
    id    INTEGER PRIMARY KEY,
    note  INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    -- How many; NULL until it has arrived whole.
    bytes INTEGER,
    added INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_note ON attachments (note);

-- In parts, so that nobody has to hold a large one in memory.
CREATE TABLE parts (
    attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    content    BLOB NOT NULL,
    PRIMARY KEY (attachment, number)
) STRICT;
