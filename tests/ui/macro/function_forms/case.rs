#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;


struct Notes;

impl Notes {
    #[portcullis::command(permission(ReadNotes))]
    fn method(&self) {}
}

#[portcullis::command(permission(ReadNotes))]
fn generic<T, const N: usize>(value: T) {}

#[portcullis::command(permission(ReadNotes))]
fn anonymous(value: impl ToString) {}

#[portcullis::command(permission(ReadNotes))]
unsafe fn trusting() {}

#[portcullis::command(permission(ReadNotes))]
extern "C" fn foreign() {}

#[portcullis::command(permission(ReadNotes))]
struct NoFunction;

fn main() {}
