-- A new file: the table, and the first notes, the one to be read first being the latest.
CREATE TABLE notes (
    id      INTEGER PRIMARY KEY,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

INSERT INTO notes (title, body, updated) VALUES
(
    'Where to look in the code',
    'src/notes.rs, src/attachments.rs, src/import.rs
    The permissions, which are types, and the commands, which say which one they need.

capabilities/editor.json
capabilities/viewer.toml
    Which window holds which permission. Misspell one, and the program does not compile.

src/lib.rs, src/main.rs
    The list of commands; the gate, and the server.

pages/
    The page. `invoke("read_note", { id })` and `listen("note_changed", ..)` are all it knows of the other side.',
    CAST(unixepoch('subsec') * 1000 AS INTEGER)
),
(
    'Two windows, unequal rights',
    'The editor may read, write and delete. The viewer may only read.

Both windows load the same page, and the page is not what keeps them apart: the viewer has a Delete button, and it really asks for the note to be deleted. Press it. The program refuses before a line of `delete_note` has run.

Each window is an origin of its own, with a token of its own. A page in one window cannot act as the other, and a page from the web can act as neither.',
    CAST(unixepoch('subsec') * 1000 AS INTEGER) + 1
),
(
    'Welcome',
    'These are your notes. They live in one SQLite file on this machine, and what you type is saved as you go.

A few keys that help:

•  /  to search
•  ↑ and ↓  to walk through the list
•  Enter  to go to the text, Esc to come back
•  n  for a new note

Drop a file on a note, or paste a picture, and it is attached. Import, below, makes notes of the text files in a folder.

Then open the viewer beside this window: what you type here shows there. Try to delete this note from it.',
    CAST(unixepoch('subsec') * 1000 AS INTEGER) + 2
);
