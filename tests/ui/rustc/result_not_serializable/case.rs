#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

pub struct Opaque;

#[portcullis::command(permission(ReadNotes))]
fn plain() -> Opaque {
    Opaque
}

#[portcullis::command(permission(ReadNotes))]
fn in_ok() -> Result<Opaque, String> {
    Ok(Opaque)
}

#[portcullis::command(permission(ReadNotes))]
fn as_error() -> Result<(), std::io::Error> {
    Ok(())
}

#[portcullis::command(permission(ReadNotes))]
async fn later() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

fn main() {}
