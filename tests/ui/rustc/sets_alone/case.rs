//! Two sets of one id, in a list that has no commands yet.
use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// All of the one.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes))]
struct All;

/// All of the other.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes))]
struct Everything;

static AUTHORITY: Authority = authority! {
    commands: [],
    sets: [All, Everything],
    windows: ["main"],
};

fn main() {
    let _ = &AUTHORITY;
}
