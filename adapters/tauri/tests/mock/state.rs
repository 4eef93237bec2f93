//! What commands take of Tauri's state, when it is not there.

use std::sync::{Arc, Mutex};

use portcullis::{Authority, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::json;
use tauri::{Manager as _, State};

use crate::page::{Program, Settled, invoke};

struct Database(u32);

#[command(public("an example"))]
fn query(database: State<'_, Database>) -> u32 {
    database.0
}

#[command(public("an example"))]
async fn query_later(database: State<'_, Database>, log: State<'_, Mutex<String>>) -> Result<u32, String> {
    tokio::task::yield_now().await;
    log.lock().unwrap().push('x');
    Ok(database.0)
}

#[command(public("an example"))]
fn fine() {}

static AUTHORITY: Authority = authority! { commands: [query, query_later, fine], windows: ["main"] };

/// `l_missing_state_settles`
#[test]
fn l_missing_state_settles() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    for command in ["query", "query_later", "query"] {
        assert_eq!(invoke(&main, command, json!({})).code(), "internal");
    }
    assert_eq!(invoke(&main, "fine", json!({})), Settled::Resolved(json!(null)));
    // What is managed late is there when it is.
    program.app.manage(Database(3));
    assert_eq!(invoke(&main, "query", json!({})), Settled::Resolved(json!(3)));
    assert_eq!(invoke(&main, "query_later", json!({})).code(), "internal");
    program.app.manage(Mutex::new(String::new()));
    assert_eq!(invoke(&main, "query_later", json!({})), Settled::Resolved(json!(3)));
}

#[test]
fn what_is_missing_is_named_before_anybody_calls() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.handler());
    let text = portcullis_tauri::check(&gate, program.app.handle()).unwrap_err().to_string();
    for part in [
        "command `query` takes `database`",
        "command `query_later` takes `log`",
        "Database",
        ".manage(..)",
        "tests/mock/state.rs",
    ] {
        assert!(text.contains(part), "{text}");
    }
    program.app.manage(Database(3));
    let text = portcullis_tauri::check(&gate, program.app.handle()).unwrap_err().to_string();
    assert!(!text.contains("`database`") && text.contains("`log`"), "{text}");
    program.app.manage(Mutex::new(String::new()));
    portcullis_tauri::check(&gate, program.app.handle()).unwrap();
}

/// What the log has been told, on this thread.
fn told(run: impl FnOnce()) -> String {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let into = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || into.clone()).with_ansi(false).finish();
    // While there is one subscriber alone, a thread that has none may switch an event off for everybody, by coming there first.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    tracing::subscriber::with_default(subscriber, run);
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

#[test]
fn what_is_missing_is_told_once_with_the_first_message() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    let log = told(|| {
        for _ in 0..3 {
            invoke(&main, "fine", json!({}));
        }
    });
    assert_eq!(log.matches("the program does not manage what commands need").count(), 1, "{log}");
}

#[test]
fn what_is_missing_is_told_when_the_program_is_ready() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::built(
        tauri::test::mock_builder().plugin(portcullis_tauri::plugin(&gate)).invoke_handler(gate.handler()),
        &[],
    );
    let main = program.window("main");
    let log = told(|| {
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(50));
            main.close().unwrap();
        });
        program.app.run(|_, _| {});
    });
    assert_eq!(log.matches("the program does not manage what commands need").count(), 1, "{log}");
}
