//! https://github.com/tauri-apps/tauri/issues/15940: a command stands in `generate_handler!` and not among the commands of `build.rs`. There is no
//! permission for it then, so nobody can be granted it, and nothing says so: "it had never worked". Here the list of commands is the one list.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn start_sync() {}

#[command(permission)]
fn sync_status() -> u32 {
    0
}

static AUTHORITY: Authority = authority! {
    commands: [start_sync, sync_status],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
