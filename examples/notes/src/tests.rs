//! The program, tested as what it is: functions on real files, rights, and a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]

mod attachments;
mod clients;
mod importing;
mod notes;
mod serving;

use std::path::{Path, PathBuf};

use portcullis::{Emitter, prelude::*, test};
use tempfile::TempDir;

use crate::{
    args::{self, Args, Run},
    data,
    notes::NoteChanged,
    store::Store,
};

/// A folder for data as the program makes it.
struct Data {
    folder: TempDir,
    store: Store,
    imports: PathBuf,
}

impl Data {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("notes.sqlite3")).unwrap();
        let imports = data::imports(None, folder.path()).unwrap();
        Self { folder, store, imports }
    }

    fn store(&self) -> State<'_, Store> {
        State::new(&self.store)
    }

    fn titles(&self) -> Vec<String> {
        self.store.list(None).unwrap().into_iter().map(|note| note.title).collect()
    }
}

/// What listens to nobody.
fn unheard() -> Emitter<NoteChanged> {
    test::emitter().0
}

#[test]
fn the_viewer_may_only_read_and_listen() {
    let data = Data::new();
    let gate = crate::gate(data.store.clone(), &data.imports).unwrap();
    let commands = [
        "list_notes",
        "read_note",
        "search_notes",
        "list_attachments",
        "read_attachment",
        "version",
        "create_note",
        "save_note",
        "delete_note",
        "add_attachment",
        "remove_attachment",
        "list_folders",
        "import_notes",
    ];
    let may = |window: &str| {
        let session = gate.session(Principal::window(window));
        let mut may: Vec<_> = commands.into_iter().filter(|command| session.may_call(command)).collect();
        may.extend(["note_changed"].into_iter().filter(|event| session.may_listen(event)));
        may
    };
    assert_eq!(may("editor").len(), commands.len() + 1);
    assert_eq!(may("viewer"), [&commands[..6], &["note_changed"]].concat());
    assert!(may("another").is_empty());
}

#[test]
fn the_command_line() {
    let parse =
        |words: &[&str]| args::parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string());
    assert_eq!(parse(&[]), Ok(Args::Run(Run::default())));
    let told = Run {
        data: Some("a b".into()),
        import: Some("c".into()),
        port: Some(0),
        remember: true,
        no_open: true,
    };
    let words = ["--port=0", "--no-open", "--data", "a b", "--import", "c", "--remember"];
    assert_eq!(parse(&words), Ok(Args::Run(told)));
    assert_eq!(parse(&["--version"]), Ok(Args::Print(concat!("notes ", env!("CARGO_PKG_VERSION")))));
    assert!(matches!(parse(&["-h"]), Ok(Args::Print(help)) if help.contains("--no-open")));
    assert_eq!(parse(&["--port", "99999"]), Err("`--port 99999`: a port is a number from 0 to 65535".into()));
    assert_eq!(parse(&["--prot", "1"]), Err("invalid option '--prot'".into()));
    assert_eq!(parse(&["--data"]), Err("missing argument for option '--data'".into()));
    let missing = data::imports(Some("no such folder".into()), Path::new(".")).unwrap_err();
    assert_eq!(missing.to_string(), "`--import no such folder`: there is no such folder");
}
