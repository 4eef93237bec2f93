#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

/// Delete notes.
#[derive(Permission)]
#[permission(id = "notes:delete")]
pub struct DeleteNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(granted: portcullis::Granted<'_, DeleteNotes>) {}

#[portcullis::command(public("says hello"))]
fn hello(granted: Granted<'_, ReadNotes>) {}

fn main() {}
