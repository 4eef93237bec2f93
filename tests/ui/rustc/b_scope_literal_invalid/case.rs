//! `b_scope_literal_invalid`: entries that mean more, or less, than they seem to, or nothing: one of each kind of scope. All others are
//! in `runtime/vectors`.
#![allow(unused)]

use portcullis::{prelude::*, scope::UrlScope};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
pub struct FetchPages;

#[portcullis::command(permission(ReadNotes))]
fn read_note(note: Checked<ReadNotes>) {}

#[portcullis::command(permission(FetchPages))]
fn fetch_page(page: Checked<FetchPages>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note, fetch_page],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
