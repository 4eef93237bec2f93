#![allow(unused)]

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Matches},
};

/// Neither.
pub struct NotAScope;

/// An entry, and nothing says what it matches.
#[derive(Scope)]
pub struct NoMatches {
    name: String,
}

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = NotAScope)]
pub struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write", scope = NoMatches)]
pub struct WriteNotes;

fn main() {}
