#![allow(unused)]

use portcullis::prelude::*;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub struct WriteNotes;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

#[portcullis::command(permission(WriteNotes))]
fn write_note(id: u32) {}

#[portcullis::command(public("says the version"))]
fn version() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, write_note, version],
    capabilities: ["capabilities/main.json"],
    permissions: ["permissions/notes.toml"],
    windows: ["main"],
};

fn main() {}
