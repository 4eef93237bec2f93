//! https://github.com/OpenCoven/coven-cave/pull/2421: a page from loopback had been given the permission to listen, which is one for all events, and
//! heard what was typed in a terminal. An event says who may hear it.
#![allow(unused)]

use portcullis::prelude::*;

/// What a terminal says.
#[derive(serde::Serialize, portcullis::Event)]
pub struct PtyData {
    bytes: Vec<u8>,
}

static AUTHORITY: Authority = authority! {
    commands: [],
    events: [PtyData],
    windows: ["main"],
};

fn main() {}
