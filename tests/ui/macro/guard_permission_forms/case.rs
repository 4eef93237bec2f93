#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;


#[portcullis::command(permission = ReadNotes)]
fn assigned() {}

#[portcullis::command(permission("notes:read"))]
fn string() {}

#[portcullis::command(permission())]
fn empty() {}

#[portcullis::command(permission(ReadNotes, ReadNotes))]
fn two() {}

#[portcullis::command(all_of)]
fn none() {}

#[portcullis::command(permission(ReadNotes), public("but why"))]
fn both() {}

#[portcullis::command(permission(ReadNotes), permission(ReadNotes))]
fn again() {}

fn main() {}
