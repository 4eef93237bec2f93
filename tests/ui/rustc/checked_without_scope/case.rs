#![allow(unused)]

use portcullis::prelude::*;

/// List notes.
#[derive(Permission)]
#[permission(id = "notes:list")]
pub struct ListNotes;

#[portcullis::command(permission(ListNotes))]
fn list_notes(folder: Checked<ListNotes>) {}

#[portcullis::command(permission(ListNotes))]
fn by_hand(granted: Granted<'_, ListNotes>) {
    granted.scope();
}

fn main() {}
