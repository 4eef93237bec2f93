//! What is admitted in one window is not in another, nor once it has been taken back.

use portcullis::{
    Authority, Checked, Permission, Scope, authority, command,
    scope::{Exact, Folded, Glob, Matches},
};
use portcullis_tauri::GateExt as _;
use serde_json::json;

use crate::{
    page::{Settled, a_while, begin, invoke, until},
    work::{ReadSecrets, working},
};

/// A printer.
#[derive(Scope)]
struct Printer {
    name: Glob,
}

impl Matches for Printer {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Print.
#[derive(Permission)]
#[permission(id = "print:start", scope = Printer)]
struct Print;

#[command(permission(Print))]
fn print(printer: Checked<Print>) -> String {
    printer.to_string()
}

static AUTHORITY: Authority = authority! {
    commands: [print],
    capabilities: ["tests/mock/capabilities/scopes/main.json"],
    windows: ["main", "other"],
};

/// `a_scope_not_shared_between_windows`
#[test]
fn a_scope_not_shared_between_windows() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = crate::page::Program::new(gate.handler());
    let (main, other) = (program.window("main"), program.window("other"));
    let prints = |window, printer: &str| invoke(window, "print", json!({"printer": printer}));
    for _ in 0..2 {
        assert_eq!(prints(&main, "desk-1"), Settled::Resolved(json!("desk-1")));
        assert_eq!(prints(&other, "hall-1"), Settled::Resolved(json!("hall-1")));
        assert_eq!(prints(&main, "hall-1").code(), "denied");
        assert_eq!(prints(&other, "desk-1").code(), "denied");
    }
}

/// `a_revoke_in_flight`
#[test]
fn a_revoke_in_flight_the_next_call_is_refused() {
    let working = working();
    assert_eq!(invoke(&working.main, "read_secret", json!({})).code(), "denied");
    let session = working.gate.sessions_of(working.main.as_ref()).remove(0);
    let waits = begin(&working.main, "call 1", "later", json!({"ms": 30}));
    for _ in 0..50 {
        session.switch_on::<ReadSecrets>().unwrap();
        assert_eq!(invoke(&working.main, "read_secret", json!({})), Settled::Resolved(json!("the secret")));
        session.switch_off::<ReadSecrets>();
        assert_eq!(invoke(&working.main, "read_secret", json!({})).code(), "denied");
    }
    until(|| working.work.going_on() == 0);
    a_while();
    assert_eq!(waits.settled(), Settled::Resolved(json!({"ok": 30})));
}

/// `a_revoke_in_flight`: a call that was refused a moment before it would have been let through does not run with what was not read.
#[test]
fn a_revoke_in_flight_no_call_loses_its_arguments() {
    let working = working();
    invoke(&working.main, "read_secret", json!({}));
    let session = working.gate.sessions_of(working.main.as_ref()).remove(0);
    let over = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let ends = std::sync::Arc::clone(&over);
    let switches = std::thread::spawn(move || {
        while !ends.load(std::sync::atomic::Ordering::Relaxed) {
            session.switch_on::<ReadSecrets>().unwrap();
            session.switch_off::<ReadSecrets>();
        }
    });
    for _ in 0..2000 {
        // It is refused, or its argument is: it takes none.
        let settled = crate::page::ask(&working.main, "call 1", "read_secret", json!({"none": 1}));
        assert!(["denied", "invalid"].contains(&settled.code()), "{settled:?}");
    }
    over.store(true, std::sync::atomic::Ordering::Relaxed);
    switches.join().unwrap();
}
