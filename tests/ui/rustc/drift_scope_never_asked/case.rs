//! https://v2.tauri.app/security/scope/: "Command developers need to ensure that there are no scope bypasses possible". A scope is granted, and the
//! command takes a plain path. https://github.com/cat-xierluo/Folia/issues/134: nor does anybody know what an empty one means.
#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[command(permission(ReadNotes))]
fn read_note(path: std::path::PathBuf) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

#[command(permission(ReadNotes))]
fn copy_note(from: Checked<ReadNotes>) {}

static AUTHORITY: Authority = authority! {
    commands: [read_note, copy_note],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
