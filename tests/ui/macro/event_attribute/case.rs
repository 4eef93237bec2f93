//! What `derive(Event)` says of an attribute that it cannot follow.

use portcullis::{Event, prelude::*};
use serde::Serialize;

#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

#[derive(Serialize, Event)]
struct Unguarded;

#[derive(Serialize, Event)]
#[event(permision(ReadNotes))]
struct Misspelt;

#[derive(Serialize, Event)]
#[event(permission(ReadNotes), public("both"))]
struct Both;

#[derive(Serialize, Event)]
#[event(permission("notes:read"))]
struct Text;

#[derive(Serialize, Event)]
#[event(public)]
struct NoReason;

#[derive(Serialize, Event)]
#[event(permission(ReadNotes), name = "notes:changed")]
struct Named;

#[derive(Serialize, Event)]
#[event(permission(ReadNotes), name = "a", name = "b", channel)]
struct Keys;

#[derive(Serialize, Event)]
#[event = "notes:read"]
struct NoList;

#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct Generic<T>(T);

#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct Borrowing<'a>(&'a str);

// What is wrong above adds no errors here.
static AUTHORITY: Authority = portcullis::authority! {
    commands: [],
    events: [Unguarded, Misspelt],
    windows: ["main"],
};

fn main() {
    let _ = &AUTHORITY;
}
