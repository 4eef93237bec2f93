#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// List notes.
#[derive(Permission)]
#[permission(id = "notes:list")]
pub struct ListNotes;

/// Count notes.
#[derive(Permission)]
#[permission(id = "notes:count")]
pub struct CountNotes;

type Note = Checked<ReadNotes>;

#[portcullis::command(permission(ListNotes))]
fn plain(note: Checked<ReadNotes>) {}

#[portcullis::command(permission(ListNotes))]
fn in_option(note: Option<Checked<ReadNotes>>) {}

#[portcullis::command(all_of(ListNotes, CountNotes))]
fn in_vec(id: u32, notes: Vec<Checked<ReadNotes>>) {}

#[portcullis::command(permission(ListNotes))]
fn through_an_alias(note: Option<Note>) {}

#[portcullis::command(public("says hello"))]
fn in_public(note: Checked<ReadNotes>) {}

#[portcullis::command(permission)]
fn under_its_own(note: Checked<ReadNotes>) {}

fn main() {}
