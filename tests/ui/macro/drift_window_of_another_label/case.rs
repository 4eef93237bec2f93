//! https://github.com/tauri-apps/tauri/issues/8799 and others like it: a window is created with a label that no capability covers, so that every
//! call from it is refused. A capability for a window that there is not any more is the other half of the same mistake.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn read_settings() -> u32 {
    0
}

static AUTHORITY: Authority = authority! {
    commands: [read_settings],
    capabilities: ["capabilities/settings.json"],
    windows: ["main", "preferences"],
};

fn main() {}
