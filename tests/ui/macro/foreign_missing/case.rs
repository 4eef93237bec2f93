#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

static MISSING: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    foreign: "gen/schemas/acl-manifests.json",
};

static MISSPELT: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    foreign: "gen/acl-manifest.json",
};

static OTHER: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
    foreign: "capabilities/main.json",
};

static CUT: Authority = portcullis::authority! {
    commands: [read_note],
    foreign: "gen/acl-manifests.json",
};

static OUTSIDE: Authority = portcullis::authority! {
    commands: [read_note],
    foreign: "../acl-manifests.json",
};

static FORM: Authority = portcullis::authority! {
    commands: [read_note],
    foreign: core,
};

fn main() {}
