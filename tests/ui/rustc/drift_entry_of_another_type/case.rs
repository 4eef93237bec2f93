//! Entries of a scope are read when a command first asks for them, so that a wrong one is an error at run time, in the hands of a user (tauri
//! 2.12.5, `ScopeValue`). https://github.com/tauri-apps/tauri-docs/issues/3536: nor was it clear which of the forms is right.
#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[command(permission(ReadNotes))]
fn read_note(note: Checked<ReadNotes>) {}

static AUTHORITY: Authority = authority! {
    commands: [read_note],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
