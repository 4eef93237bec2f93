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

mod window {
    #[portcullis::command(permission)]
    pub fn close() {}
    portcullis::commands! { pub Commands: [close], namespace: "core" }
}

/// Closes.
#[derive(Permission)]
#[permission(id = "dialog:open")]
pub struct OpenDialog;

#[portcullis::command(permission(OpenDialog))]
fn open() {}

mod ask {
    #[portcullis::command(permission)]
    pub fn ask() {}
    portcullis::commands! { pub Commands: [ask], set: "dialog:default" }
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, window::Commands, open, ask::Commands],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    foreign: ["core", "dialog"],
};

fn main() {}
