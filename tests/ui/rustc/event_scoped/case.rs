//! An event under a permission with a scope: nothing would hold what it brings against that.

use portcullis::{
    Event,
    prelude::*,
    scope::{Exact, Folded, Matches},
};
use serde::Serialize;

#[derive(Scope)]
struct Folder {
    name: String,
}

impl Matches for Folder {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        *name == self.name
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        name.as_text().is(&self.name)
    }
}

/// Read the notes of some folders.
#[derive(Permission)]
#[permission(id = "notes:read", scope = Folder)]
struct ReadNotes;

#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct NoteChanged;

fn main() {}
