#![allow(unused)]

use portcullis::{prelude::*, scope::UrlScope};
use std::path::{Path, PathBuf};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// List notes.
#[derive(Permission)]
#[permission(id = "notes:list")]
pub struct ListNotes;

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "web:fetch", scope = UrlScope)]
pub struct Fetch;

/// An address, as some crate has it.
#[derive(serde::Deserialize)]
pub struct Url(String);

#[portcullis::command(permission(ReadNotes))]
fn owned(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ReadNotes))]
fn borrowed(note: Checked<ReadNotes>, other_note: &Path) {}

#[portcullis::command(all_of(ListNotes, ReadNotes))]
fn perhaps(note: Checked<ReadNotes>, other: Option<PathBuf>, more: Vec<std::path::PathBuf>) {}

#[portcullis::command(permission(ReadNotes))]
fn instead(note: PathBuf) {}

#[portcullis::command(permission(Fetch))]
fn address(page: Checked<Fetch>, next: Url) {}

#[portcullis::command(permission(ReadNotes), unchecked(other = "only shown, never opened"))]
fn with_a_reason(note: Checked<ReadNotes>, other: PathBuf) {}

#[portcullis::command(permission(ListNotes))]
fn without_a_scope(folder: PathBuf) {}

fn main() {}
