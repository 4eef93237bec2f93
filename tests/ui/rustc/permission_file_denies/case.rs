#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

#[portcullis::command(permission)]
fn wipe() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, wipe],
    capabilities: ["capabilities/main.json"],
    permissions: ["permissions/notes.toml"],
    windows: ["main", "viewer"],
};

fn main() {}
