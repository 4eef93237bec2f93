//! A capability that nothing lists grants nothing, and lies there as if it did: https://github.com/tauri-apps/tauri-docs/pull/3212 ("it took me 8
//! hours"). In Tauri it is also the one way to have one for a debug build alone.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn read_log() -> u32 {
    0
}

static AUTHORITY: Authority = authority! {
    commands: [read_log],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
