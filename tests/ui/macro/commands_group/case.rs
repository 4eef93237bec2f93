#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(id: u32) -> u32 {
    id
}


portcullis::commands! {
    pub Misspelt: [read_note],
    namspace: "notes",
}

portcullis::commands! {
    pub WithNamespace: [read_note as notes],
    namespace: "a:b",
    set: "not an id",
}

portcullis::commands! {
    read_note
}

fn main() {}
