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

/// Both.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes, WriteNotes))]
pub struct AllNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(note: Checked<ReadNotes>) {}

#[portcullis::command(permission(WriteNotes))]
fn write_note(note: Checked<WriteNotes>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, write_note],
    sets: [AllNotes],
    capabilities: ["capabilities/main.json", "capabilities/second.json", "capabilities/third.json"],
    windows: ["main", "second", "third"],
};

fn main() {}
