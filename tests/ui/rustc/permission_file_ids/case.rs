#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "read-notes")]
pub struct ReadNotes;

#[derive(PermissionSet)]
#[permission_set(id = "default", permissions(ReadNotes))]
pub struct Default;

/// Notes in a folder.
#[derive(Permission)]
#[permission(id = "notes:export", scope = PathScope<Write>)]
pub struct Export;

#[portcullis::command(permission(ReadNotes))]
fn read_note(id: u32) -> u32 {
    id
}

#[portcullis::command(permission)]
fn search() {}

#[portcullis::command(permission(Export))]
fn export(to: Checked<Export>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, search, export],
    capabilities: ["capabilities/main.json"],
    permissions: ["permissions/notes.toml", "permissions/own.toml"],
    windows: ["main"],
    sets: [Default],
};

fn main() {}
