//! `all_of`: each permission may come from a capability of its own, and all of them must hold.

use portcullis::{Granted, prelude::*};
use portcullis_tests::{call, line};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct Read;

/// Send something away.
#[derive(Permission)]
#[permission(id = "mail:send")]
struct Send;

#[portcullis::command(permission(Read))]
fn read() {}

#[portcullis::command(permission(Send))]
fn send() {}

#[portcullis::command(all_of(Read, Send))]
fn send_note() {}

#[portcullis::command(all_of(Send, Read))]
fn proven(read: Granted<'_, Read>, send: Granted<'_, Send>) -> bool {
    read.principal() == send.principal()
}

#[portcullis::command(all_of(Read))]
fn all_of_one() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, send, send_note, proven, all_of_one],
    capabilities: ["behaviour/capabilities/all_of/main.json"],
    windows: ["main", "reader", "sender", "locked"],
};

fn allows(window: &str, command: &str) -> bool {
    crate::allows(&AUTHORITY, Principal::window(window), command)
}

#[test]
fn a_multi_permission_all() {
    assert!(allows("main", "send_note"));
    assert!(!allows("reader", "send_note"));
    assert!(!allows("sender", "send_note"));
}

#[test]
fn one_of_them_opens_what_needs_that_one() {
    assert!(allows("reader", "read") && !allows("reader", "send"));
    assert!(allows("sender", "send") && !allows("sender", "read"));
}

#[test]
fn one_that_is_denied_closes_it() {
    assert!(allows("locked", "read"));
    assert!(!allows("locked", "send_note"));
}

#[test]
fn all_of_one_is_that_one() {
    assert!(allows("reader", "all_of_one"));
    assert!(!allows("sender", "all_of_one"));
}

#[test]
fn each_of_them_can_be_proven() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&call(&session, "proven", "")), "ok true");
}
