//! Folders: what notes are made of, what is left out, and being stopped.

use std::{fs, ops::ControlFlow};

use portcullis::{Cancellation, prelude::*, test};
use serde_json::{Value, json};

use super::{Data, unheard};
use crate::{
    import::{self, Folder, ImportError, ImportNotes, LeftOut, Outcome},
    notes::LONGEST,
};

impl Data {
    /// What the editor may import.
    fn folder(&self, name: &str) -> Checked<ImportNotes> {
        test::scope().allow("$IMPORT/**").base("IMPORT", &self.imports).admit(name).unwrap()
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let file = self.imports.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

fn counts(outcome: &Outcome) -> [usize; 3] {
    [outcome.imported, outcome.known, outcome.left_out]
}

#[test]
fn the_folders_that_there_are() {
    let data = Data::new();
    data.put("Empty/picture.png", "");
    data.put("Recipes/Old/Stew.MD", "");
    data.put("Recipes more/Tea.txt", "");
    let folders = import::list_folders(data.folder(".")).unwrap();
    let folder = |name: &str, files| Folder { name: name.to_owned(), files };
    assert_eq!(
        folders,
        [
            folder(".", 9),
            folder("Recipes", 4),
            folder("Recipes more", 1),
            folder("Recipes/Old", 1),
            folder("Trip", 2)
        ]
    );
    assert_eq!(import::list_folders(data.folder("Recipes")).unwrap()[0], folder("Recipes", 4));
}

#[test]
fn a_folder_becomes_notes_and_becomes_them_once() {
    let data = Data::new();
    data.put("Windows.txt", "\u{feff}one\r\ntwo\r\n");
    data.put("Heading.md", "# Of its own \n\ntext\n");
    let all = import::import(&data.folder("."), &data.store, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(counts(&all), [9, 0, 0]);
    let read = |title: &str| {
        let id = data.store.list(None).unwrap().into_iter().find(|note| note.title == title).unwrap().id;
        data.store.read(id).unwrap().unwrap().body
    };
    assert_eq!(read("Windows"), "one\ntwo");
    assert_eq!(read("Of its own"), "text");
    assert!(read("Pancakes").starts_with("Four eggs"));

    // What was changed in the program is not put back, and what was deleted comes again.
    let id = data.store.search("Of its own", || false).unwrap()[0].id;
    data.store.save(id, "changed", "here").unwrap();
    data.store.delete(data.store.search("Four eggs", || false).unwrap()[0].id).unwrap();
    let again = import::import(&data.folder("."), &data.store, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(counts(&again), [1, 8, 0]);
    assert_eq!(data.store.read(id).unwrap().unwrap().body, "here");
    // A file is the same one, whatever folder it was found from.
    let part = import::import(&data.folder("Recipes"), &data.store, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(counts(&part), [0, 3, 0]);
}

#[test]
fn what_cannot_be_a_note_is_named() {
    let data = Data::new();
    data.put("Trip/not text.txt", [0xff, 0xfe, 0]);
    data.put("Trip/too long.txt", "x".repeat(LONGEST + 1));
    data.put("Trip/picture.png", "");
    data.put("Trip/.hidden.md", "");
    let imported = import::import(&data.folder("Trip"), &data.store, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(counts(&imported), [2, 0, 2]);
    let left_out = |name: &str, why| LeftOut { name: name.to_owned(), why };
    assert_eq!(
        imported.named,
        [left_out("not text.txt", "it is not text"), left_out("too long.txt", "it is too long")]
    );
}

#[test]
fn an_import_stops_when_it_is_told_to() {
    let data = Data::new();
    let mut seen = Vec::new();
    let imported = import::import(&data.folder("."), &data.store, |progress| {
        seen.push((progress.done, progress.of));
        if progress.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(counts(&imported.unwrap()), [2, 0, 0]);
    assert_eq!(seen, [(0, 7), (1, 7), (2, 7)]);
    assert_eq!(data.titles().len(), 5);
}

#[test]
fn the_command_tells_how_far_it_is_and_stops_when_nobody_listens() {
    let data = Data::new();
    let (progress, mut sent) = test::channel();
    let (changed, mut heard) = test::emitter();
    let run = |folder, progress, changed| {
        import::import_notes(data.folder(folder), progress, Cancellation::never(), data.store(), changed)
    };
    assert_eq!(counts(&run("Recipes", progress, changed).unwrap()), [3, 0, 0]);
    let first = sent.items::<Value>().remove(0);
    assert_eq!(first, json!({ "done": 0, "of": 3, "name": "Pancakes.md" }));
    assert_eq!(heard.events::<Value>().last(), Some(&json!({ "change": "imported" })));

    let (progress, _) = test::channel();
    assert_eq!(counts(&run("Trip", progress, unheard()).unwrap()), [0, 0, 0]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_of_the_command() {
    let data = Data::new();
    let error = import::list_folders(data.folder("none")).unwrap_err();
    let json = serde_json::to_value(&error).unwrap();
    assert!(matches!(error, ImportError::Folder(_)));
    assert_eq!((&json["kind"], &json["code"]), (&json!("folder"), &json!("not_found")));
}

#[test]
fn nothing_outside_of_the_folder_is_named() {
    let data = Data::new();
    fs::write(data.folder.path().join("secret.txt"), "secret").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", data.imports.join("Trip/link.txt")).unwrap();
    let scope = test::scope::<ImportNotes>().allow("$IMPORT/**").base("IMPORT", &data.imports);
    for outside in ["..", "../", "/", "/etc", "Trip/../..", "$HOME", "~", "Trip/../../secret.txt"] {
        assert!(scope.admit(outside).is_err(), "{outside}");
    }
    let imported = import::import(&data.folder("."), &data.store, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(counts(&imported), [7, 0, 0]);
}
