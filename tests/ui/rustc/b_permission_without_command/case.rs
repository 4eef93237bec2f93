//! `b_permission_without_command`: a grant, a denial, an optional grant and a permission file that name what no listed command needs. The
//! command was renamed, and these were not.
#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn open_note(id: u32) -> u32 {
    id
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [open_note],
    capabilities: ["capabilities/main.json", "capabilities/more.toml"],
    permissions: ["permissions/notes.toml"],
    windows: ["main", "viewer"],
};

fn main() {}
