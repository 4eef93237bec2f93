#![allow(unused)]

use portcullis::prelude::*;
use std::collections::HashMap;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[portcullis::command(permission(ReadNotes))]
fn by_reference(note: &Checked<ReadNotes>, other: Option<&Checked<ReadNotes>>) {}

#[portcullis::command(permission(ReadNotes))]
fn in_a_map(notes: HashMap<String, Checked<ReadNotes>>) {}

fn is_data<T: serde::de::DeserializeOwned>() {}

fn nor_is_it_data() {
    is_data::<Checked<ReadNotes>>();
}

fn main() {}
