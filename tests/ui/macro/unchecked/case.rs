#![allow(unused)]

use portcullis::prelude::*;
use std::path::PathBuf;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[portcullis::command(permission(ReadNotes), unchecked(othr = "only shown"))]
fn misspelt(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ReadNotes), unchecked(folder = "only shown"))]
fn unknown(note: Checked<ReadNotes>) {}

#[portcullis::command(permission(ReadNotes), unchecked(title = "only shown"))]
fn no_path(note: Checked<ReadNotes>, title: String) {}

#[portcullis::command(permission(ReadNotes), unchecked(note = "only shown"))]
fn checked_already(note: Checked<ReadNotes>) {}

#[portcullis::command(permission(ReadNotes), unchecked(other))]
fn no_reason(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ReadNotes), unchecked(other = " "))]
fn empty_reason(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ReadNotes), unchecked(other = true, another("shown")))]
fn no_string(note: Checked<ReadNotes>, other: PathBuf, another: PathBuf) {}

#[portcullis::command(permission(ReadNotes), unchecked, unchecked(), unchecked = "shown")]
fn nothing(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ReadNotes), unchecked(other = "shown", other = "shown"))]
fn twice(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(public("says hello"), unchecked(other = "shown"))]
fn in_public(other: PathBuf) {}

fn main() {}
