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

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main", "viewer-*"],
    clients: ["cli"],
};

fn main() {}
