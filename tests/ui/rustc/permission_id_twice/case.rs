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

/// Read notes, once more.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotesAgain;

/// A set of that name.
#[derive(PermissionSet)]
#[permission_set(id = "notes:read", permissions(ReadNotes))]
pub struct Readers;

#[portcullis::command(permission(ReadNotesAgain))]
fn read_again() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, read_again],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    sets: [Readers],
};

fn main() {}
