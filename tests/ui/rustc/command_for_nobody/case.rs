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
fn read_note(id: u32) -> u32 {
    id
}

#[portcullis::command(all_of(ReadNotes, DeleteNotes))]
fn move_note(id: u32) {}

#[portcullis::command(permission)]
fn locked() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, move_note, locked],
    capabilities: ["capabilities/main.json"],
    windows: ["main", "viewer"],
};

fn main() {}
