//! Events that are emitted or listed, and are not there.

use portcullis::{Emitter, Event, prelude::*};
use serde::Serialize;

#[derive(Serialize, Event)]
#[event(public("a test"))]
struct NoteChanged;

#[derive(Serialize)]
struct NoEvent;

#[command(public("a test"))]
fn save(changed: Emitter<NoteChanged>) {
    changed.emit(&NoteChanged);
}

#[command(public("a test"))]
fn emits_something_else(changed: Emitter<NoEvent>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [save],
    windows: ["main"],
};

static ANOTHER: Authority = portcullis::authority! {
    commands: [save],
    events: [NoteChanged, NoEvent],
    windows: ["main"],
};

fn main() {
    let _ = (&AUTHORITY, &ANOTHER);
}
