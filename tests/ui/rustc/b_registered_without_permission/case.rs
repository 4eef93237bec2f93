//! `b_registered_without_permission`: commands are listed, and no capability grants what they need: one of the program's, one of a
//! library's, and one whose permission is granted to another command alone.
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

#[portcullis::command(permission)]
fn read_notes() {}

mod library {
    #[portcullis::command(permission)]
    pub fn now() {}

    portcullis::commands! { pub Commands: [now], namespace: "clock" }
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, read_notes, library::Commands],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
