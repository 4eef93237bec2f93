//! A command among the events, and an event among the commands.

use portcullis::{Event, prelude::*};
use serde::Serialize;

#[command(public("a test"))]
fn save_note() {}

#[derive(Serialize, Event)]
#[event(public("a test"))]
struct NoteChanged;

static AUTHORITY: Authority = portcullis::authority! {
    commands: [NoteChanged],
    events: [save_note],
    windows: ["main"],
};

fn main() {
    let _ = &AUTHORITY;
}
