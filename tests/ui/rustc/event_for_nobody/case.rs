//! Events that nobody could hear, or that share a name with something.

use portcullis::{Event, prelude::*};
use serde::Serialize;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// Not granted to anybody.
#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct NoteChanged;

/// Its own permission is not granted either.
#[derive(Serialize, Event)]
#[event(permission)]
struct DiskFull;

#[derive(Serialize, Event)]
#[event(public("a test"), name = "version")]
struct Version;

#[command(public("a test"))]
fn version() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [version],
    events: [NoteChanged, DiskFull, Version],
    windows: ["main"],
};

fn main() {
    let _ = &AUTHORITY;
}
