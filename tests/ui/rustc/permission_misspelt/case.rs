#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

#[portcullis::command(permission(ReadNote))]
fn read_note(id: u32) -> u32 {
    id
}

fn main() {}
