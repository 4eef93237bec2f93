#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[portcullis::command(permission(ReadNotes))]
fn read_note(note: Checked<ReadNotes>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
