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

/// Both.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes, DeleteNotes))]
pub struct AllNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(id: u32) {}

#[portcullis::command(permission(DeleteNotes))]
fn delete_note(id: u32) {}

#[portcullis::command(permission)]
fn count_notes() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, delete_note, count_notes],
    sets: [AllNotes],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
