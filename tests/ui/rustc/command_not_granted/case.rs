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

#[portcullis::command(permission(DeleteNotes))]
fn delete_note(id: u32) {}

#[portcullis::command(permission)]
fn empty_trash() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, delete_note, empty_trash],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
