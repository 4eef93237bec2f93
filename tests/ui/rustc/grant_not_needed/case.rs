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

/// All of it.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes, DeleteNotes))]
pub struct AllNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(id: u32) -> u32 {
    id
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    sets: [AllNotes],
};

fn main() {}
