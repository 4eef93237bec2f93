#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

static MISSING: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    permissions: ["permissions/note.toml", "permissions/other.toml", "permissions/notes.toml", "permissions/notes.toml"],
    windows: ["main"],
    foreign: ["core"],
};

static ENTRIES: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["entries/main.json"],
    permissions: ["permissions/notes.toml"],
    windows: ["main"],
};

fn main() {}
