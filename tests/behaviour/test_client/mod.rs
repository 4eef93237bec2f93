//! The test client, the table of who may call what, and the negative test over it.

mod client;
mod denials;
mod matrix;
mod parts;

use portcullis::{
    Event,
    prelude::*,
    scope::{Exact, Folded, Matches},
};
use serde::{Deserialize, Serialize};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct WriteNotes;

/// A file, by its name.
#[derive(Clone, Debug, Scope)]
struct Named {
    name: String,
}

impl Matches for Named {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        *name == self.name
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        name.as_text().is(&self.name)
    }
}

/// Open files.
#[derive(Permission)]
#[permission(id = "files:open", scope = Named)]
struct OpenFiles;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    id: u32,
    text: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum NoteError {
    NotFound { id: u32 },
}

#[command(permission(ReadNotes))]
async fn read_note(id: u32) -> Result<Note, NoteError> {
    // Waits once, as what is asynchronous does.
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
    if id == 1 { Ok(Note { id, text: "milk".into() }) } else { Err(NoteError::NotFound { id }) }
}

#[command(permission(WriteNotes))]
fn write_note(note: Note, writer: State<'_, Writer>) -> String {
    format!("{}: {}", writer.0, note.text)
}

/// Who writes.
struct Writer(&'static str);

#[command(permission(OpenFiles))]
fn open_file(file: Checked<OpenFiles>) -> String {
    file.into_inner()
}

#[command(all_of(ReadNotes, WriteNotes))]
fn copy_note() {}

#[command(permission(ReadNotes))]
fn panics() {
    panic!("a bug in the program");
}

#[command(permission(ReadNotes))]
async fn waits_for_ever() {
    std::future::pending::<()>().await;
}

#[command(public("only the version"))]
fn version() -> u32 {
    3
}

/// A note is another than it was.
#[derive(Debug, PartialEq, Serialize, Deserialize, Event)]
#[event(permission(WriteNotes))]
struct NoteChanged {
    id: u32,
}

static AUTHORITY: Authority = authority! {
    commands: [read_note, write_note, open_file, copy_note, panics, waits_for_ever, version],
    events: [NoteChanged],
    capabilities: ["behaviour/capabilities/test_client/main.json"],
    windows: ["main", "viewer-*", "tool"],
    webviews: ["side"],
    clients: ["cli"],
};

fn gate() -> Gate {
    Gate::new(&AUTHORITY).explain(false).per_session::<Writer>().build().unwrap()
}
