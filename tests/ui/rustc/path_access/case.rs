#![allow(unused)]

use portcullis::prelude::*;
use std::io::{Read as _, Write as _};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write", scope = PathScope<Write>)]
pub struct WriteNotes;

fn what_may_be_read_cannot_be_written(note: Checked<ReadNotes>) {
    note.write(b"changed");
    note.remove();
    let mut file = note.open().unwrap();
    file.write_all(b"changed");
    file.set_len(0);
}

fn what_may_be_written_cannot_be_read(note: Checked<WriteNotes>) {
    note.read_to_string();
    note.list();
    let mut file = note.open().unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text);
}

fn there_is_no_path_to_be_had(note: Checked<ReadNotes>) {
    std::fs::read(note);
}

fn nor_from_what_is_lent(note: &Checked<ReadNotes>) {
    std::fs::read(&**note);
    std::fs::read(note.path());
}

fn what_may_be_read_is_not_what_may_be_written(note: Checked<ReadNotes>) -> Checked<WriteNotes> {
    note
}

fn nor_is_it_made_by_hand(note: &str) -> Checked<ReadNotes> {
    Checked(note)
}

fn main() {}
