//! The program, tested as what it is: functions on a real file, rights, and a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]

use std::path::PathBuf;

use portcullis::{Reply, prelude::*};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    AUTHORITY,
    args::{self, Args},
    notes::{self, NoteError},
    store::Store,
};

fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::open(&folder.path().join("notes.sqlite3")).unwrap(), folder)
}

#[test]
fn a_command_is_still_a_function() {
    let (store, _folder) = store();
    let store = || State::new(&store);
    let titles = |text: &str| -> Vec<String> {
        notes::search_notes(text, store()).unwrap().into_iter().map(|note| note.title).collect()
    };

    let seeded = notes::list_notes(store()).unwrap();
    assert_eq!((seeded.len(), &*seeded[0].title), (3, "Welcome"));

    let note = notes::create_note("100% tea", "and \\ cake_", store()).unwrap();
    assert_eq!(notes::read_note(note.id, store()), Ok(note));
    let id = notes::list_notes(store()).unwrap().iter().find(|note| note.title == "100% tea").unwrap().id;
    for found in ["100%", "TEA", "\\ c", "cake_"] {
        assert_eq!(titles(found), ["100% tea"], "{found}");
    }
    assert_eq!(titles("1%tea"), [""; 0], "a text, not a pattern");

    let saved = notes::save_note(id, "tea", "'); DROP TABLE notes; --", store()).unwrap();
    assert_eq!(notes::read_note(id, store()), Ok(saved));
    assert_eq!(notes::delete_note(id, store()), Ok(()));
    for gone in [
        notes::read_note(id, store()).map(drop),
        notes::save_note(id, "", "", store()).map(drop),
        notes::delete_note(id, store()),
    ] {
        assert_eq!(gone, Err(NoteError::NotFound { id }));
    }
    let long = "x".repeat(notes::LONGEST + 1);
    assert_eq!(notes::create_note("", &long, store()), Err(NoteError::TooLong { limit: notes::LONGEST }));
}

#[test]
fn notes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.sqlite3");
    let note = Store::open(&file).unwrap().create("kept", "").unwrap();
    let again = Store::open(&file).unwrap();
    assert_eq!(again.read(note.id).unwrap().as_ref(), Some(&note));
    assert_eq!(again.list().unwrap().len(), 4, "first notes come once");
}

#[test]
fn the_viewer_may_only_read() {
    let (store, _folder) = store();
    let gate = Gate::new(&AUTHORITY).state(store).build().unwrap();
    let may = |window: &str| {
        let session = gate.session(Principal::window(window));
        let commands =
            ["list_notes", "read_note", "search_notes", "version", "create_note", "save_note", "delete_note"];
        commands.into_iter().filter(|command| session.may_call(command)).collect::<Vec<_>>()
    };
    assert_eq!(may("editor").len(), 7);
    assert_eq!(may("viewer"), ["list_notes", "read_note", "search_notes", "version"]);
    assert!(may("another").is_empty());
}

#[tokio::test]
async fn an_error_of_a_command_reaches_the_page_as_it_is() {
    let (store, _folder) = store();
    let gate = Gate::new(&AUTHORITY).state(store).build().unwrap();
    let reply =
        gate.session(Principal::window("viewer")).invoke(Request::json("read_note", br#"{"id":99}"#)).await;
    assert_eq!(reply, Reply::Error(br#"{"kind":"not_found","id":99}"#.to_vec()));
}

#[tokio::test]
async fn both_windows_work_over_http() {
    let (store, _folder) = store();
    let gate = Gate::new(&AUTHORITY).state(store).build().unwrap();
    let served = crate::serve(&gate, Some(0)).await.unwrap();
    let ask = async |request: String| {
        let mut stream = TcpStream::connect(served.addresses()[0]).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse::<u16>().unwrap(), body.to_owned())
    };
    let parts = |window: &str| {
        let link = served.link(window).unwrap();
        let (origin, token) = link.split_once("/#portcullis=").unwrap();
        (origin.to_owned(), origin.replace("http://", ""), token.to_owned())
    };
    let get = async |window: &str, path: &str| {
        let (_, host, _) = parts(window);
        ask(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")).await
    };
    let call = async |window: &str, command: &str, arguments: &str| {
        let (origin, host, token) = parts(window);
        let length = arguments.len();
        ask(format!(
            "POST /portcullis/{command} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{arguments}"
        ))
        .await
    };

    for window in ["editor", "viewer"] {
        let (status, page) = get(window, "/").await;
        assert!(
            status == 200
                && page.contains(&format!("data-window=\"{window}\""))
                && !page.contains("{window}")
        );
        for path in ["/style.css", "/app.js", "/icon.svg", "/portcullis.js"] {
            assert_eq!(get(window, path).await.0, 200, "{path}");
        }
    }
    let (status, note) = call("editor", "create_note", r#"{"title":"Ä","body":""}"#).await;
    let id = serde_json::from_str::<serde_json::Value>(&note).unwrap()["id"].as_i64().unwrap();
    assert_eq!(status, 200);
    let this = format!(r#"{{"id":{id}}}"#);
    assert_eq!(call("viewer", "read_note", &this).await, (200, note));
    let (status, refusal) = call("viewer", "delete_note", &this).await;
    assert!(status == 403 && refusal.contains(r#""code":"denied""#), "{refusal}");
    assert_eq!(call("editor", "delete_note", &this).await, (200, "null".to_owned()));
}

#[test]
fn the_command_line() {
    let parse =
        |words: &[&str]| args::parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string());
    let run = |data: Option<&str>, port, open| Ok(Args::Run { data: data.map(PathBuf::from), port, open });
    assert_eq!(parse(&[]), run(None, None, true));
    assert_eq!(parse(&["--port=0", "--no-open", "--data", "a b"]), run(Some("a b"), Some(0), false));
    assert_eq!(parse(&["--version"]), Ok(Args::Print(concat!("notes ", env!("CARGO_PKG_VERSION")))));
    assert!(matches!(parse(&["-h"]), Ok(Args::Print(help)) if help.contains("--no-open")));
    assert_eq!(parse(&["--port", "99999"]), Err("`--port 99999`: a port is a number from 0 to 65535".into()));
    assert_eq!(parse(&["--prot", "1"]), Err("invalid option '--prot'".into()));
    assert_eq!(parse(&["--data"]), Err("missing argument for option '--data'".into()));
}
