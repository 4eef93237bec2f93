//! `b_registered_without_permission`: a command that is listed without a word on who may call it, in a program and in a library.
#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command]
fn read_note(id: u32) -> u32 {
    id
}

mod library {
    #[portcullis::command(name = "wipe")]
    pub fn wipe_disk() {}

    portcullis::commands! { pub Commands: [wipe_disk], namespace: "disk" }
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, library::Commands],
    windows: ["main"],
};

fn main() {}
