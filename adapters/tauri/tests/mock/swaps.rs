//! What stands beside a message, and what was made for another: a message is decided as what Tauri says it is.

use std::sync::{Arc, Mutex};

use portcullis::{Authority, Denial, Permission, Principal, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use crate::page::{HOME, Program, Settled, ask, invoke, send, send_from};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct WriteNotes;

#[command(permission(ReadNotes))]
fn read_note(id: u32, caller: &Principal) -> String {
    format!("{id} for {caller}")
}

#[command(permission(WriteNotes))]
fn write_note(id: u32, caller: &Principal) -> String {
    format!("{id} by {caller}")
}

/// `main` may do both, and a `viewer-*` may read.
static AUTHORITY: Authority = authority! {
    commands: [read_note, write_note],
    capabilities: ["tests/mock/capabilities/callers/main.json"],
    windows: ["main", "viewer-*"],
};

fn program() -> Program {
    let gate = portcullis_tauri::gate(&AUTHORITY).explain(false).build().unwrap();
    Program::new(gate.handler())
}

/// A message of our client's whose arguments are in bytes.
fn framed(arguments: &Value) -> InvokeBody {
    let json = arguments.to_string();
    let length = u32::try_from(json.len()).unwrap();
    InvokeBody::Raw([&length.to_be_bytes(), json.as_bytes()].concat())
}

/// Arguments that were made for one command, and approved for it, are asked about anew under the name of another.
#[test]
fn i_cmd_swap() {
    let program = program();
    let viewer = program.window("viewer-1");
    let made = json!({"id": 7});
    let read = "7 for window `viewer-1`, local, main frame";
    assert_eq!(invoke(&viewer, "read_note", made.clone()), Settled::Resolved(json!(read)));
    assert_eq!(ask(&viewer, "call 1", "read_note", made.clone()), Settled::Resolved(json!({"ok": read})));
    // The same payload, and the same number, under the other name.
    for header in ["call 1", "call 2", "open 1 2", "listen 1 2"] {
        let settled = ask(&viewer, header, "write_note", made.clone());
        assert_eq!(settled.code(), "denied", "{header}: {settled:?}");
        let bytes = send(viewer.as_ref(), "write_note", framed(&made), &[("Portcullis", header)]);
        assert_eq!(bytes.settled().code(), "denied", "{header}");
    }
    assert_eq!(invoke(&viewer, "write_note", made.clone()).code(), "denied");
    // Whatever the arguments say of a command.
    for arguments in [
        json!({"id": 7, "cmd": "read_note", "command": "read_note"}),
        json!({"cmd": "read_note", "payload": {"id": 7}}),
        json!({"__TAURI_CMD__": "read_note", "id": 7}),
    ] {
        assert_eq!(invoke(&viewer, "write_note", arguments.clone()).code(), "denied");
        assert_eq!(ask(&viewer, "call 3", "write_note", arguments).code(), "denied");
    }
}

/// No header says who calls or what is called: neither ours, nor Tauri's own, nor one that somebody thinks of.
#[test]
fn i_headers_swap() {
    let program = program();
    let (main, viewer) = (program.window("main"), program.window("viewer-1"));
    let lies = [
        ("Portcullis-Window", "main"),
        ("Portcullis-Command", "read_note"),
        ("Tauri-Window-Label", "main"),
        ("Tauri-Webview-Label", "main"),
        ("Tauri-Command", "read_note"),
        ("Tauri-Callback", "1"),
        ("Tauri-Error", "1"),
        ("Tauri-Invoke-Key", "__invoke-key__"),
        ("X-Forwarded-Host", "localhost"),
        ("Referer", HOME),
        ("Host", "localhost"),
    ];
    let with = |header: Option<&'static str>, more: &[(&'static str, &'static str)], command: &str| {
        let own = header.map(|header| ("Portcullis", header));
        let headers: Vec<_> = own.into_iter().chain(more.iter().copied()).collect();
        send(viewer.as_ref(), command, InvokeBody::Json(json!({"id": 7})), &headers).settled()
    };
    let read = "7 for window `viewer-1`, local, main frame";
    for header in [None, Some("call 1"), Some("open 1 2"), Some("listen 1 2")] {
        assert_eq!(with(header, &lies, "write_note").code(), "denied", "{header:?}");
        for lie in lies {
            assert_eq!(with(header, &[lie], "write_note").code(), "denied", "{header:?} {lie:?}");
        }
    }
    assert_eq!(with(None, &lies, "read_note"), Settled::Resolved(json!(read)));
    assert_eq!(with(Some("call 1"), &lies, "read_note"), Settled::Resolved(json!({"ok": read})));
    // What ours says is one of a few forms, and none has a name in it. `more` and `cancel` run nothing, whoever may call.
    for header in ["call 1 read_note", "read_note", "call 1 main", "window main", "call 1\0"] {
        let Ok(header) = header.parse::<tauri::http::HeaderValue>() else { continue };
        let settled = ask(&viewer, header.to_str().unwrap(), "write_note", json!({"id": 7}));
        assert!(["invalid", "denied"].contains(&settled.code()), "{header:?}: {settled:?}");
    }
    for window in [&main, &viewer] {
        for header in ["more 1", "cancel 1"] {
            let settled = ask(window, header, "write_note", json!({"id": 7}));
            assert_eq!(settled, Settled::Resolved(json!(null)), "{header}");
        }
    }
}

/// What asks for consent, or writes an audit, is told of the frame that asks: not of the page around it, nor of its window.
#[test]
fn o_prompt_frame_origin() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let gate = portcullis_tauri::gate(&AUTHORITY)
        .explain(false)
        .on_denial(move |denial: &Denial| told.lock().unwrap().push(denial.principal.clone()))
        .build()
        .unwrap();
    let program = Program::admitting(gate.handler(), &[("write_note", "*://*:*/*")]);
    let main = program.window("main");
    let from = |url: &str, origin: Option<&str>| {
        let headers: Vec<_> = origin.map(|origin| ("Origin", origin)).into_iter().collect();
        let body = InvokeBody::Json(json!({"id": 7}));
        let settled = send_from(main.as_ref(), url, "write_note", body, &headers).settled();
        (settled, seen.lock().unwrap().pop())
    };
    let (settled, denied) = from(HOME, None);
    assert_eq!(settled, Settled::Resolved(json!("7 by window `main`, local, main frame")));
    assert_eq!(denied, None);
    // The page is the program's own, and the frame in it is somebody else's. Tauri takes its address from `Origin`; nothing
    // says that a frame is where the page is, so it is told as one whose origin is not known.
    let nobody = "window `main`, opaque origin, sub-frame";
    for address in ["https://evil.test", "https://notes.test"] {
        let (settled, denied) = from(address, Some(address));
        assert_eq!(settled.code(), "denied", "{address}");
        assert_eq!(denied.expect("the host is told").to_string(), nobody, "{address}");
    }
    // Nor does the page, once a site of its own is shown, lend a frame its name.
    portcullis_tauri::test::show(&gate, main.as_ref(), &"https://notes.test/".parse().unwrap());
    let (_, page) = from("https://notes.test", Some("https://notes.test"));
    assert_eq!(page.expect("denied there").to_string(), "window `main`, https://notes.test, main frame");
    let (_, frame) = from("https://evil.test", Some("https://evil.test"));
    assert_eq!(frame.expect("denied").to_string(), nobody);
}
