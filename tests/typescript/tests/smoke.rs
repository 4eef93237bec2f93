//! Smoke.
#![allow(missing_docs, unreachable_pub, clippy::needless_pass_by_value, clippy::unnecessary_wraps)]
use portcullis::{prelude::*, typescript::Client};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;
/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub struct WriteNotes;
/// Delete notes.
#[derive(Permission)]
#[permission(id = "notes:delete")]
pub struct DeleteNotes;

/// A note.
#[portcullis::data]
pub struct Note {
    /// Its number.
    id: u32,
    title: String,
    #[serde(default)]
    tags: Vec<Tag>,
    #[data(bigint)]
    size: Option<u64>,
    page: Page<u8>,
    pag: Page<Opaque>,
}
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Tag {
    /// plain
    Plain {
        name: String,
    },
    Colour {
        red: u8,
        green: u8,
    },
    Nothing,
}

#[derive(Serialize, JsonSchema)]
pub enum NoteError {
    NotFound,
    Other(String),
}

#[portcullis::data]
#[serde(tag = "type")]
pub struct Opaque {
    a: u8,
}
#[portcullis::data]
pub struct Page<T> {
    items: Vec<T>,
    next: Option<Box<Page<T>>>,
}

/// Reads one note.
#[command(permission(ReadNotes))]
pub fn read_note(id: u32, title: Option<&str>, db: Principal) -> Result<Note, NoteError> {
    let _ = (id, title, db);
    Err(NoteError::NotFound)
}
#[command(permission(WriteNotes))]
pub fn write_note(note: Note, paths: Vec<std::path::PathBuf>) {
    let _ = (note, paths);
}
#[command(all_of(WriteNotes, DeleteNotes), bigint(ids), string(more))]
pub async fn delete(ids: Vec<u64>, more: Option<i64>) -> Opaque {
    let _ = (ids, more);
    Opaque { a: 1 }
}
#[command(public("says the version"))]
pub fn version() -> &'static str {
    "1"
}

/// Streams.
#[command(public("counts"))]
pub fn count_up(to: u32) -> Result<portcullis::Streaming<Note, u8>, NoteError> { let _ = to; Err(NoteError::NotFound) }
#[command(public("bytes"))]
pub async fn put(name: String, body: portcullis::Bytes, more: Option<portcullis::Bytes>, progress: portcullis::Channel<Page<u8>>) -> portcullis::Bytes { let _ = (name, more, progress); body }
#[command(public("down"))]
pub async fn down(up: portcullis::Upload) -> Result<portcullis::Download, String> { drop(up); Err("no".into()) }
/// A note is another.
#[portcullis::data(output)]
#[derive(portcullis::Event)]
#[event(permission(ReadNotes))]
pub struct NoteChanged { id: u32, note: Note }

static AUTHORITY: Authority = authority! {
    commands: [read_note, write_note, delete, version, count_up, put, down],
    events: [NoteChanged],
    capabilities: ["capabilities/main.json"],
    windows: ["editor", "viewer-*"],
};

#[test]
fn smoke() {
    for window in ["editor", "viewer-*", "viewer-1", "nobody", "*"] {
        match Client::new(&AUTHORITY).window(window).text() {
            Ok(text) => println!("{text}"),
            Err(error) => println!("{error}"),
        }
        println!("-----");
    }
}
