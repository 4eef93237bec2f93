//! Notes, as a page may ask for them: the permissions, what pages are told, and the commands.

#![allow(clippy::needless_pass_by_value, reason = "a command is given what is its own to use")]

use portcullis::{Cancellation, Emitter, Event, prelude::*};

use crate::store::{Note, Store, Summary};

/// List, read and search notes, and what is attached to them.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

/// Create and change notes, and what is attached to them.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub struct WriteNotes;

/// Delete notes.
#[derive(Permission)]
#[permission(id = "notes:delete")]
pub struct DeleteNotes;

/// Something has changed, in whatever window. A page hears `{"change": "saved", "id": 7, "updated": 1700000000000}`.
#[portcullis::data(output)]
#[derive(Debug, PartialEq, Event)]
#[event(permission(ReadNotes))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum NoteChanged {
    Created {
        #[data(number)]
        id: i64,
    },
    Saved {
        #[data(number)]
        id: i64,
        #[data(number)]
        updated: i64,
    },
    Deleted {
        #[data(number)]
        id: i64,
    },
    /// What is attached to the note.
    Attachments {
        #[data(number)]
        id: i64,
    },
    /// Notes have come out of a folder.
    Imported,
}

/// The most bytes that a note may have.
pub const LONGEST: usize = 256 * 1024;

/// What may go wrong with a note. The page gets it as `{"kind": "not_found", "id": 7}`.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteError {
    NotFound {
        #[data(number)]
        id: i64,
    },
    TooLong {
        #[data(number)]
        limit: usize,
    },
    Storage,
}

/// The latest notes, the last one first: this many, or all.
#[command(permission(ReadNotes))]
pub fn list_notes(limit: Option<u32>, store: State<'_, Store>) -> Result<Vec<Summary>, NoteError> {
    Ok(store.list(limit)?)
}

/// The notes that contain a text. It may take a while, and a page that types on has no use for it any more: so it has a
/// thread of its own, and stops when it is given up.
#[command(permission(ReadNotes), blocking)]
pub fn search_notes(
    text: &str,
    cancellation: Cancellation,
    store: State<'_, Store>,
) -> Result<Vec<Summary>, NoteError> {
    Ok(store.search(text, move || cancellation.is_cancelled())?)
}

#[command(permission(ReadNotes), number(id))]
pub fn read_note(id: i64, store: State<'_, Store>) -> Result<Note, NoteError> {
    store.read(id)?.ok_or(NoteError::NotFound { id })
}

#[command(permission(WriteNotes))]
pub fn create_note(
    title: &str,
    body: &str,
    store: State<'_, Store>,
    changed: Emitter<NoteChanged>,
) -> Result<Note, NoteError> {
    check_length(title, body)?;
    let note = store.create(title, body)?;
    changed.emit(&NoteChanged::Created { id: note.id });
    Ok(note)
}

#[command(permission(WriteNotes), number(id))]
pub fn save_note(
    id: i64,
    title: &str,
    body: &str,
    store: State<'_, Store>,
    changed: Emitter<NoteChanged>,
) -> Result<Note, NoteError> {
    check_length(title, body)?;
    let note = store.save(id, title, body)?.ok_or(NoteError::NotFound { id })?;
    changed.emit(&NoteChanged::Saved { id, updated: note.updated });
    Ok(note)
}

#[command(permission(DeleteNotes), number(id))]
pub fn delete_note(id: i64, store: State<'_, Store>, changed: Emitter<NoteChanged>) -> Result<(), NoteError> {
    if !store.delete(id)? {
        return Err(NoteError::NotFound { id });
    }
    changed.emit(&NoteChanged::Deleted { id });
    Ok(())
}

#[command(public("returns only the version number"))]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Whether a note has room for this.
pub fn check_length(title: &str, body: &str) -> Result<(), NoteError> {
    if title.len() + body.len() > LONGEST { Err(NoteError::TooLong { limit: LONGEST }) } else { Ok(()) }
}

impl From<rusqlite::Error> for NoteError {
    fn from(error: rusqlite::Error) -> Self {
        // What is wrong with the file is for whoever runs the program; a page can do nothing about it.
        eprintln!("notes: {error}");
        Self::Storage
    }
}
