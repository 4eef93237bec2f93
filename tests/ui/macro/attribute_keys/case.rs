#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;


#[portcullis::command(permision(ReadNotes))]
fn misspelt() {}

#[portcullis::command(permission(ReadNotes), rename_al = "snake_case", name = 5, colour)]
fn several_at_once() {}

#[portcullis::command(permission(ReadNotes), rename_all = "kebab-case")]
fn other_case() {}

#[portcullis::command(permission(ReadNotes), name = "a", name = "b")]
fn repeated() {}

#[portcullis::command(permission(ReadNotes), name = "clock:now")]
fn with_namespace() {}

#[portcullis::command(permission(ReadNotes), name = "")]
fn empty_name() {}

fn main() {}
