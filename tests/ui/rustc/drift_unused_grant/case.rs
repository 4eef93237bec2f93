//! https://github.com/ruvnet/RuView/pull/1100: `shell:allow-execute` was granted, and nothing in the program used it. What a grant names must be
//! needed by a listed command, or belong to what the program says that another system guards.
#![allow(unused)]

use portcullis::prelude::*;

#[command(permission)]
fn list_ports() -> u32 {
    0
}

static AUTHORITY: Authority = authority! {
    commands: [list_ports],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
    foreign: ["core"],
};

fn main() {}
