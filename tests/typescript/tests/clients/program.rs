//! A program with several windows.

use std::collections::BTreeMap;

use portcullis::{Bytes, Channel, Download, Emitter, Event, Streaming, Upload, prelude::*, scope::UrlScope};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub(crate) struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub(crate) struct WriteNotes;

/// Delete notes.
#[derive(Permission)]
#[permission(id = "notes:delete")]
pub(crate) struct DeleteNotes;

/// Search in notes.
#[derive(Permission)]
#[permission(id = "notes:search")]
pub(crate) struct SearchNotes;

/// Print notes.
#[derive(Permission)]
#[permission(id = "notes:print")]
pub(crate) struct PrintNotes;

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
pub(crate) struct FetchPages;

/// A note.
#[portcullis::data]
pub(crate) struct Note {
    /// Its number.
    pub(crate) id: u32,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) tags: Vec<Tag>,
    /// Where it is.
    #[schemars(extend("x-typescript" = "`note:${string}`"))]
    pub(crate) link: Option<String>,
    /// In bytes.
    #[data(bigint)]
    pub(crate) size: u64,
}

/// What a note is about.
#[portcullis::data]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Tag {
    /// As it is.
    Plain {
        name: String,
    },
    Coloured {
        name: String,
        colour: [u8; 3],
    },
    None,
}

/// Why there is no note.
#[portcullis::data(output)]
pub(crate) enum NoteError {
    NotFound,
    Broken { at: u32 },
}

/// A part of a longer list.
#[portcullis::data(output)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) more: bool,
}

/// A note is another than it was.
#[portcullis::data(output)]
#[derive(Event)]
#[event(permission(ReadNotes))]
pub(crate) struct NoteChanged {
    pub(crate) id: u32,
    pub(crate) note: Option<Note>,
}

/// Reads one note.
#[command(permission(ReadNotes))]
pub(crate) fn read_note(id: u32, _who: Principal) -> Result<Note, NoteError> {
    let _ = id;
    Err(NoteError::NotFound)
}

/// Saves a note, and ends with */ to see what becomes of it.
#[command(permission(WriteNotes))]
pub(crate) fn save_note(note: Note, folder: Option<&str>, changed: Emitter<NoteChanged>) {
    let _ = (note, folder, changed);
}

#[command(permission(DeleteNotes), bigint(ids), string(before))]
pub(crate) fn delete(ids: Vec<u64>, before: Option<i64>) -> usize32 {
    let _ = (ids, before);
    0
}

#[allow(non_camel_case_types)]
type usize32 = u32;

#[command(permission(SearchNotes))]
pub(crate) fn search_notes(
    text: Option<String>,
    page: Option<u32>,
) -> Result<Streaming<Note, String>, NoteError> {
    let _ = (text, page);
    Err(NoteError::NotFound)
}

#[command(all_of(ReadNotes, PrintNotes))]
pub(crate) fn print_note(id: u32) -> Page<Tag> {
    let _ = id;
    Page { items: Vec::new(), more: false }
}

#[command(permission(WriteNotes))]
pub(crate) async fn attach(id: u32, file: Bytes, preview: Option<Bytes>) -> Bytes {
    let _ = (id, preview);
    file
}

#[command(permission(WriteNotes))]
pub(crate) async fn tidy(ids: Vec<u32>, progress: Channel<Page<Tag>>) {
    drop((ids, progress));
}

#[command(permission(WriteNotes))]
pub(crate) async fn import_notes(archive: Upload) -> Result<Download, String> {
    drop(archive);
    Err("no".to_owned())
}

#[command(permission(FetchPages))]
pub(crate) fn fetch_pages(page: Checked<FetchPages>, more: Option<Vec<Checked<FetchPages>>>) {
    drop((page, more));
}

#[command(public("shows the version"))]
pub(crate) fn version() -> &'static str {
    "1"
}

#[command(public("counts"), name = "count-words")]
pub(crate) fn count_words(texts: BTreeMap<String, Vec<String>>) -> BTreeMap<String, u32> {
    texts.into_keys().map(|name| (name, 0)).collect()
}

pub(crate) static AUTHORITY: Authority = authority! {
    commands: [
        read_note, save_note, delete, search_notes, print_note, attach, tidy, import_notes, version, count_words, fetch_pages,
        portcullis_tests_clock::Commands,
    ],
    events: [NoteChanged],
    capabilities: ["capabilities/main.json"],
    windows: ["editor", "viewer-*"],
    clients: ["cli"],
};
