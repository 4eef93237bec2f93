//! What Tauri lets through of a remote page, in a program without permissions of its own: nothing that its own capabilities do
//! not name. What is known here of local and remote rests on that.

use std::sync::atomic::{AtomicUsize, Ordering};

use portcullis::{Authority, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::json;
use tauri::ipc::InvokeBody;

use crate::page::{HOME, Program, Settled, send_from};

static CALLED: AtomicUsize = AtomicUsize::new(0);

#[command(public("an example"))]
fn called() {
    CALLED.fetch_add(1, Ordering::SeqCst);
}

static AUTHORITY: Authority = authority! { commands: [called], windows: ["main"] };

#[test]
fn tauri_refuses_a_remote_page_that_it_has_no_capability_for() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    let sent = |url: &str| send_from(main.as_ref(), url, "called", InvokeBody::default(), &[]).settled();
    for url in [
        "https://evil.test/",
        "http://localhost/",
        "tauri://evil/",
        "https://tauri.localhost/",
        "ipc://localhost/",
        "asset://localhost/x",
        "file:///x",
        "data:text/html,x",
        "about:blank",
    ] {
        let Settled::Rejected(text) = sent(url) else { panic!("{url}") };
        assert!(text.as_str().unwrap().contains("not allowed"), "{url}: {text}");
    }
    assert_eq!(CALLED.load(Ordering::SeqCst), 0);
    assert_eq!(sent(HOME), Settled::Resolved(json!(null)));
}
