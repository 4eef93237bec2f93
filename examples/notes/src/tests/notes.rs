//! Notes: commands as functions, and the file.

use portcullis::{Cancellation, test};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Data, unheard};
use crate::{
    notes::{self, NoteError},
    store::Store,
};

fn found(data: &Data, text: &str) -> Vec<String> {
    let found = notes::search_notes(text, Cancellation::never(), data.store()).unwrap();
    found.into_iter().map(|note| note.title).collect()
}

#[test]
fn a_command_is_still_a_function() {
    let data = Data::new();
    let seeded = notes::list_notes(None, data.store()).unwrap();
    assert_eq!((seeded.len(), &*seeded[0].title), (3, "Welcome"));
    assert_eq!(notes::list_notes(Some(2), data.store()).unwrap(), seeded[..2]);

    let note = notes::create_note("100% tea", "and \\ cake_", data.store(), unheard()).unwrap();
    let id = note.id;
    assert_eq!(notes::read_note(id, data.store()), Ok(note));
    for text in ["100%", "TEA", "\\ c", "cake_"] {
        assert_eq!(found(&data, text), ["100% tea"], "{text}");
    }
    assert_eq!(found(&data, "1%tea"), [""; 0], "a text, not a pattern");

    let saved = notes::save_note(id, "tea", "'); DROP TABLE notes; --", data.store(), unheard()).unwrap();
    assert_eq!(notes::read_note(id, data.store()), Ok(saved));
    assert_eq!(notes::delete_note(id, data.store(), unheard()), Ok(()));
    for gone in [
        notes::read_note(id, data.store()).map(drop),
        notes::save_note(id, "", "", data.store(), unheard()).map(drop),
        notes::delete_note(id, data.store(), unheard()),
    ] {
        assert_eq!(gone, Err(NoteError::NotFound { id }));
    }
    let long = "x".repeat(notes::LONGEST + 1);
    let limit = notes::LONGEST;
    assert_eq!(notes::create_note("", &long, data.store(), unheard()), Err(NoteError::TooLong { limit }));
}

#[test]
fn what_changes_is_told() {
    let data = Data::new();
    let (changed, mut heard) = test::emitter();
    let id = notes::create_note("a", "", data.store(), changed.clone()).unwrap().id;
    let updated = notes::save_note(id, "b", "", data.store(), changed.clone()).unwrap().updated;
    notes::delete_note(id, data.store(), changed.clone()).unwrap();
    assert!(notes::delete_note(id, data.store(), changed).is_err());
    let expected = [
        json!({ "change": "created", "id": id }),
        json!({ "change": "saved", "id": id, "updated": updated }),
        json!({ "change": "deleted", "id": id }),
    ];
    assert_eq!(heard.events::<Value>(), expected);
}

#[test]
fn a_search_that_nobody_waits_for_finds_nothing_and_is_no_error() {
    let data = Data::new();
    for number in 0..200 {
        data.store.create("long", &"text ".repeat(number)).unwrap();
    }
    assert_eq!(data.store.search("no such text", || true), Ok(Vec::new()));
    assert_eq!(data.store.search("long", || false).unwrap().len(), 200, "and the next one is not disturbed");
}

#[test]
fn notes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.sqlite3");
    let note = Store::open(&file).unwrap().create("kept", "").unwrap();
    let again = Store::open(&file).unwrap();
    assert_eq!(again.read(note.id).unwrap().as_ref(), Some(&note));
    assert_eq!(again.list(None).unwrap().len(), 4, "first notes come once");
}

#[test]
fn a_file_of_the_first_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.sqlite3");
    let old = Connection::open(&file).unwrap();
    old.execute_batch(include_str!("../schema/1.sql")).unwrap();
    old.execute("INSERT INTO notes (title, body, updated) VALUES ('old', 'text', 7)", []).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let store = Store::open(&file).unwrap();
    let note = store.list(None).unwrap().pop().unwrap();
    assert_eq!((&*note.title, note.updated, note.attachments), ("old", 7, 0));
    assert!(store.attach(note.id, "a", "text/plain").unwrap().is_some());
}

#[test]
fn a_file_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.sqlite3");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = Store::open(&file).err().unwrap().to_string();
    assert_eq!(refused, "a later version of this program has made it");
}
