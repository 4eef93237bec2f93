//! https://github.com/btsouth/ceiling/pull/110, https://github.com/ora-space/desktop/pull/433: new commands are registered, and forgotten in the
//! allowlist of `permissions/commands.toml`. It compiled, all 1117 tests passed, and the tab was dead in the release.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn list_accounts() -> u32 {
    0
}

#[command(permission)]
fn add_account() {}

#[command(permission)]
fn remove_account() {}

static AUTHORITY: Authority = authority! {
    commands: [list_accounts, add_account, remove_account],
    capabilities: ["capabilities/default.json"],
    permissions: ["permissions/commands.toml"],
    windows: ["main"],
};

fn main() {}
