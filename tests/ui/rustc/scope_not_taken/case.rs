#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write", scope = PathScope<Write>)]
pub struct WriteNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(name: String) {}

#[portcullis::command(all_of(ReadNotes, WriteNotes))]
fn copy_note(from: Checked<ReadNotes>, to: String) {}

#[portcullis::command(all_of(ReadNotes, WriteNotes))]
async fn swap_notes() {}

fn main() {}
