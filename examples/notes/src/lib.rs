//! Notes: what may be done with them, and by which window. How a window is shown is left to a program: this package's own
//! serves it over HTTP, and `notes-tauri` has it in a window of Tauri.

#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::missing_errors_doc, reason = "what is here is for two programs beside it")]

pub mod attachments;
pub mod data;
pub mod import;
pub mod notes;
pub mod store;

use portcullis::prelude::*;

/// Who may call what.
pub static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        notes::list_notes, notes::read_note, notes::search_notes,
        notes::create_note, notes::save_note, notes::delete_note,
        attachments::list_attachments, attachments::read_attachment,
        attachments::add_attachment, attachments::remove_attachment,
        import::list_folders, import::import_notes,
        notes::version,
    ],
    events: [notes::NoteChanged],
    capabilities: ["capabilities/editor.json", "capabilities/viewer.toml"],
    windows: ["editor", "viewer"],
    bases: ["IMPORT"],
};
