//! What a page may ask for: the permissions, and the commands that they guard.

use portcullis::prelude::*;
use serde::Serialize;

use crate::store::{Note, Store, Summary};

/// List, read and search notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

/// Create and change notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub struct WriteNotes;

/// Delete notes.
#[derive(Permission)]
#[permission(id = "notes:delete")]
pub struct DeleteNotes;

/// The most bytes that a note may have.
pub const LONGEST: usize = 256 * 1024;

/// What may go wrong with a note. The page gets it as `{"kind": "not_found", "id": 7}`.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteError {
    NotFound { id: i64 },
    TooLong { limit: usize },
    Storage,
}

#[portcullis::command(permission(ReadNotes))]
pub fn list_notes(store: State<'_, Store>) -> Result<Vec<Summary>, NoteError> {
    Ok(store.list()?)
}

#[portcullis::command(permission(ReadNotes))]
pub fn search_notes(text: &str, store: State<'_, Store>) -> Result<Vec<Summary>, NoteError> {
    Ok(store.search(text)?)
}

#[portcullis::command(permission(ReadNotes))]
pub fn read_note(id: i64, store: State<'_, Store>) -> Result<Note, NoteError> {
    store.read(id)?.ok_or(NoteError::NotFound { id })
}

#[portcullis::command(permission(WriteNotes))]
pub fn create_note(title: &str, body: &str, store: State<'_, Store>) -> Result<Note, NoteError> {
    check_length(title, body)?;
    Ok(store.create(title, body)?)
}

#[portcullis::command(permission(WriteNotes))]
pub fn save_note(id: i64, title: &str, body: &str, store: State<'_, Store>) -> Result<Note, NoteError> {
    check_length(title, body)?;
    store.save(id, title, body)?.ok_or(NoteError::NotFound { id })
}

#[portcullis::command(permission(DeleteNotes))]
pub fn delete_note(id: i64, store: State<'_, Store>) -> Result<(), NoteError> {
    if store.delete(id)? { Ok(()) } else { Err(NoteError::NotFound { id }) }
}

#[portcullis::command(public("returns only the version number"))]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

fn check_length(title: &str, body: &str) -> Result<(), NoteError> {
    if title.len() + body.len() > LONGEST { Err(NoteError::TooLong { limit: LONGEST }) } else { Ok(()) }
}

impl From<rusqlite::Error> for NoteError {
    fn from(error: rusqlite::Error) -> Self {
        // What is wrong with the file is for whoever runs the program; a page can do nothing about it.
        eprintln!("notes: {error}");
        Self::Storage
    }
}
