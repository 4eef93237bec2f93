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


static MISSPELT: Authority = portcullis::authority! {
    comands: [read_note],
    window: ["main"],
};

static REPEATED: Authority = portcullis::authority! {
    commands: [read_note],
    commands: [read_note],
    windows: "main",
    webviews: ["ma[in]"],
    clients: [cli],
    foreign: ["core:window"],
};

static FORMS: Authority = portcullis::authority! {
    commands: [read_note(), "read_note", #[inline] read_note],
};

fn main() {}
