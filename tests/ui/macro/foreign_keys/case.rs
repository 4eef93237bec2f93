#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    permissions: ["permissions/sets.toml"],
    windows: ["main"],
    foreign: "gen/acl-manifests.json",
};

static BY_PREFIX: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["prefixes/main.json"],
    windows: ["main"],
    foreign: ["core"],
};

fn main() {}
