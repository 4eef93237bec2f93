//! https://github.com/SlimeBoyOwO/LingChat/pull/595: one permission file made Tauri guard every command of the program; keeping it complete was too
//! much (one commit had to add 44), and it was taken out again. The capability still names what was defined in it, and all commands are
//! open to every window. Here nothing is open that was guarded: the build says what has lost its grant.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn send_message(text: String) {}

#[command(permission)]
fn read_history() -> u32 {
    0
}

static AUTHORITY: Authority = authority! {
    commands: [send_message, read_history],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
