//! How a guarded program behaves, from bytes to reply.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it says"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_async,
    clippy::unnecessary_wraps,
    reason = "a command has the signature that a test is about"
)]

mod arguments;
mod decisions;
mod denials;
mod live;
mod properties;
mod scopes;
mod shown;
mod test_client;

use portcullis::{Authority, Gate, Principal, Session};
use portcullis_tests::{call, line};

/// A session of a principal, at a gate that keeps its reasons to itself.
fn open(authority: &'static Authority, principal: Principal) -> Session {
    Gate::new(authority).explain(false).build().unwrap().session(principal)
}

/// What the program's own main window is answered, as a line.
fn answer(authority: &'static Authority, command: &str, arguments: &str) -> String {
    line(&call(&open(authority, Principal::window("main")), command, arguments))
}

/// Whether a command that takes nothing and returns nothing lets a principal in: asked, and tried.
fn allows(authority: &'static Authority, principal: Principal, command: &str) -> bool {
    let session = open(authority, principal);
    let answer = line(&call(&session, command, ""));
    assert!(answer == "ok null" || answer == "denied", "`{command}` answers: {answer}");
    let allowed = answer == "ok null";
    assert_eq!(session.may_call(command), allowed, "`may_call` says otherwise of `{command}`");
    allowed
}
