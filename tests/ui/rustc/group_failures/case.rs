#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

mod clock {
    #[portcullis::command(permission)]
    pub fn now() {}
    #[portcullis::command(permission)]
    pub fn tick() {}
    portcullis::commands! { pub Commands: [now, tick], namespace: "clock" }
}

#[portcullis::command(permission(ReadNotes))]
fn read_note(id: u32) -> u32 {
    id
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, clock::Commands, read_note as "x"],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
