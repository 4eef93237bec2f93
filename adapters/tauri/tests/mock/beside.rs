//! The gate beside old commands: it decides on the names that it knows, and nobody else is asked about those.

use std::sync::atomic::{AtomicUsize, Ordering};

use portcullis::{Authority, Permission, authority, command};
use portcullis_tauri::{GateExt as _, Handler};
use serde_json::json;

use crate::page::{Program, Settled, invoke};

/// Wipe it.
#[derive(Permission)]
#[permission(id = "disk:wipe")]
struct Wipe;

#[command(permission(Wipe))]
fn wipe() -> &'static str {
    "wiped by ours"
}

#[command(public("an example"))]
fn both() -> &'static str {
    "ours"
}

static AUTHORITY: Authority = authority! {
    commands: [wipe, both],
    capabilities: ["tests/mock/capabilities/main.json"],
    windows: ["main", "guest"],
};

mod old {
    #[tauri::command]
    pub(super) fn wipe() -> &'static str {
        "wiped by theirs"
    }

    #[tauri::command]
    pub(super) fn both() -> &'static str {
        "theirs"
    }

    #[tauri::command]
    pub(super) fn only_theirs() -> &'static str {
        "theirs"
    }
}

fn gate() -> portcullis::Gate {
    portcullis_tauri::gate(&AUTHORITY).explain(false).build().unwrap()
}

#[test]
fn a_name_in_both_lists_is_ours() {
    let program = Program::new(gate().or(tauri::generate_handler![old::wipe, old::both, old::only_theirs]));
    let (main, guest) = (program.window("main"), program.window("guest"));
    assert_eq!(invoke(&main, "both", json!({})), Settled::Resolved(json!("ours")));
    assert_eq!(invoke(&main, "wipe", json!({})), Settled::Resolved(json!("wiped by ours")));
    for window in [&main, &guest] {
        assert_eq!(invoke(window, "only_theirs", json!({})), Settled::Resolved(json!("theirs")));
    }
}

/// `a_default_deny_app_cmd`
#[test]
fn a_default_deny_app_cmd_what_is_denied_is_not_asked_of_another() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let program = Program::new(gate().or(|invoke| {
        ASKED.fetch_add(1, Ordering::SeqCst);
        invoke.resolver.resolve("theirs");
        true
    }));
    let guest = program.window("guest");
    assert_eq!(invoke(&guest, "wipe", json!({})).code(), "denied");
    // Nor one with nonsense in it.
    assert_eq!(invoke(&guest, "wipe", json!([1])).code(), "denied");
    assert_eq!(crate::page::ask(&guest, "open 1 2", "wipe", json!({})).code(), "denied");
    assert_eq!(ASKED.load(Ordering::SeqCst), 0);
    // A window that the program does not name may call nothing at all of ours, in any build.
    let stranger = program.window("stranger");
    assert_eq!(invoke(&stranger, "both", json!({})).code(), "denied");
    assert_eq!(invoke(&stranger, "unknown", json!({})), Settled::Resolved(json!("theirs")));
}

/// `a_unregistered_eq_ungranted_reply`
#[test]
fn a_unregistered_eq_ungranted_reply() {
    let program = Program::new(Handler::new(&gate()).only());
    let guest = program.window("guest");
    let denied = invoke(&guest, "wipe", json!({})).unnumbered();
    assert_eq!(denied, r#"Rejected(String("denied (failure )"))"#);
    for unknown in ["nothing", "wip", "wipe2", "", "Wipe"] {
        for arguments in [json!({}), json!(null), json!([1]), json!({"x": 1})] {
            assert_eq!(invoke(&guest, unknown, arguments.clone()).unnumbered(), denied, "{unknown}");
            assert_eq!(invoke(&guest, "wipe", arguments).unnumbered(), denied);
        }
    }
    let ask = |command| crate::page::ask(&guest, "call 1", command, json!({})).unnumbered();
    assert_eq!(ask("wipe"), ask("nothing"));
}

/// `l_denial_audited`
#[test]
fn l_denial_audited() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let hook = std::sync::Arc::clone(&seen);
    let gate = portcullis_tauri::gate(&AUTHORITY)
        .on_denial(move |denial| hook.lock().unwrap().push(denial.to_string()))
        .build()
        .unwrap();
    let program = Program::new(gate.handler());
    let (main, guest) = (program.window("main"), program.window("guest"));
    invoke(&main, "wipe", json!({}));
    invoke(&guest, "wipe", json!({}));
    invoke(&guest, "unk\u{1b}nown", json!({}));
    crate::page::ask(&guest, "listen 1 2", "nothing", json!({}));
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(seen[0].contains("`wipe` called by window `guest`, local, main frame"), "{seen:?}");
    assert!(seen[1].contains("unk\\u{1b}nown"), "{seen:?}");
}
