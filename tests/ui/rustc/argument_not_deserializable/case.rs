#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

pub struct Opaque;

#[portcullis::command(permission(ReadNotes))]
fn by_value(id: u32, opaque: Opaque) {}

#[portcullis::command(permission(ReadNotes))]
fn by_reference(opaque: &Opaque) {}

#[portcullis::command(permission(ReadNotes))]
async fn inside(opaque: Vec<Opaque>) {}

fn main() {}
