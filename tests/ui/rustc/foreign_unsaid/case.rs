#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn read_note(id: u32) -> u32 {
    id
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["capabilities/main.json", "capabilities/more.json"],
    windows: ["main"],
};

fn main() {}
