#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;


#[portcullis::command(permission(ReadNotes))]
fn pattern((a, b): (u8, u8), _: u8) {}

#[portcullis::command(permission(ReadNotes))]
fn same_on_the_wire(note_id: u32, noteId: u32) {}

#[portcullis::command(permission(ReadNotes))]
fn mutable(text: &mut String) {}

#[portcullis::command(permission(ReadNotes))]
fn too_long(text: &'static str) {}

#[portcullis::command(permission(ReadNotes))]
fn comes_and_goes(#[cfg(unix)] text: String) {}

fn main() {}
