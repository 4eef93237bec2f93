//! The negative test: what it tries.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use portcullis::{Denial, prelude::*, test::denials};

use super::{AUTHORITY, Writer, gate};

/// Who was refused what, and how often, by the negative test.
fn refused(authority: &'static Authority) -> Vec<(String, String)> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let hook = move |denial: &Denial| {
        kept.lock().unwrap().push((denial.principal.to_string(), denial.command.clone()));
    };
    denials(&Gate::new(authority).per_session::<Writer>().on_denial(hook).build().unwrap());
    std::mem::take(&mut seen.lock().unwrap())
}

#[test]
fn a_program_passes_in_one_line() {
    let done = denials(&gate());
    assert_eq!(done.commands(), 8);
    assert_eq!(done.matrix(), &portcullis::test::matrix(&AUTHORITY));
    assert_eq!(
        done.to_string(),
        format!("{} pairs of {} callers and 8 commands were denied", done.pairs(), done.callers())
    );
}

#[test]
fn each_pair_is_tried_with_nothing_an_object_and_rubbish() {
    let refused = refused(&AUTHORITY);
    let pairs: BTreeSet<_> = refused.iter().collect();
    // An event is listened to once.
    let events = pairs.iter().filter(|(_, name)| name == "note_changed").count();
    assert_eq!(refused.len(), 3 * (pairs.len() - events) + events);
    assert!(events > 0);
    assert_eq!(pairs.len(), denials(&gate()).pairs());
}

#[test]
fn every_kind_of_caller_is_tried() {
    let callers: BTreeSet<String> = refused(&AUTHORITY).into_iter().map(|(caller, _)| caller).collect();
    for kind in [
        "client `cli`",
        "client `undeclared`",
        "client `main`",
        "window `main`, local, main frame",
        "window `main`, local, sub-frame",
        "window `main`, opaque origin, main frame",
        "window `main`, https://other, main frame",
        "window `viewer-1`, local, main frame",
        "window `viewer-1`, https://sub.example.com, sub-frame",
        "window `viewer-`, https://other, main frame",
        "window `tool`, webview `side`, local, main frame",
        "window `main`, webview `cli`, local, main frame",
        "window `cli`, local, main frame",
        "window `side`, local, main frame",
    ] {
        assert!(callers.contains(kind), "{kind} is none of {callers:#?}");
    }
}

#[test]
fn what_waits_or_panics_is_not_run_for_those_who_may_not_call_it() {
    let commands: BTreeSet<String> = refused(&AUTHORITY).into_iter().map(|(_, command)| command).collect();
    assert!(commands.contains("waits_for_ever") && commands.contains("panics"));
}
