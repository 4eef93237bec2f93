//! What the host is told: through `tracing` (and `log`), and in a debug build on stderr too, since a program that is
//! being written often has no subscriber yet. All of it is off the path of a call that succeeds. A subscriber is code of the
//! program's: if it panics, what it was told of is answered all the same.

use std::fmt;

use crate::{
    argument::Unavailable,
    compile::tables::Entry,
    invoke::quietly,
    principal::{Principal, shown},
    refused::Refused,
};

/// Whether this is a debug build: what a refusal shows differs then, what is refused does not.
pub(crate) const DEBUG: bool = cfg!(debug_assertions);

#[cold]
pub(crate) fn denied(refused: &Refused<'_>, seen: bool) {
    quietly(|| {
        // None of this is worked out unless a subscriber, or a logger, wants it.
        tracing::warn!(
            target: "portcullis",
            id = refused.id,
            command = %shown(&refused.command()),
            principal = %refused.principal,
            "denied: {}",
            refused.reason()
        );
    });
    if !seen {
        aloud(format_args!("{refused}"));
    }
}

#[cold]
pub(crate) fn unmatched(principal: &Principal, declared: bool) {
    let why = if declared {
        "no capability matches it, so every command that needs a permission will refuse it"
    } else {
        "the program does not declare it in `authority!`, so every command will refuse it"
    };
    quietly(|| {
        tracing::warn!(target: "portcullis", principal = %principal, "session without rights: {why}");
    });
    aloud(format_args!("session of {principal}: {why}"));
}

#[cold]
pub(crate) fn panicked(entry: Option<&Entry>, id: u64, text: &str) {
    let name = entry.map(|entry| entry.name().to_string()).unwrap_or_default();
    quietly(|| {
        tracing::error!(target: "portcullis", id, command = %name, "the command panicked: {text}");
    });
}

#[cold]
pub(crate) fn timed_out(entry: &Entry, id: u64) {
    let name = entry.name();
    let text =
        "the command took longer than it may: `timeout = \"..\"` in its attribute, or `GateBuilder::timeout`";
    quietly(|| {
        tracing::warn!(target: "portcullis", id, command = %name, "{text}");
    });
    aloud(format_args!("failure {id}: `{name}`: {text}"));
}

#[cold]
pub(crate) fn no_bytes_beside_channels(entry: &Entry, id: u64) {
    let name = entry.name();
    let text = "a command that takes a channel cannot return bytes";
    quietly(|| {
        tracing::error!(target: "portcullis", id, command = %name, "{text}");
    });
    aloud(format_args!("failure {id}: `{name}`: {text}"));
}

#[cold]
pub(crate) fn unencodable(id: u64, type_name: &str, error: &serde_json::Error) {
    quietly(|| {
        tracing::error!(target: "portcullis", id, "a result of type `{type_name}` could not be serialized: {error}");
    });
    aloud(format_args!("failure {id}: a result of type `{type_name}` could not be serialized: {error}"));
}

#[cold]
pub(crate) fn unavailable(entry: &Entry, id: u64, argument: &str, why: &Unavailable) {
    let name = entry.name();
    quietly(|| {
        tracing::error!(target: "portcullis", id, command = %name, argument, "{why}");
    });
    aloud(format_args!("failure {id}: argument `{argument}` of command `{name}`: {why}"));
}

fn aloud(text: fmt::Arguments<'_>) {
    if DEBUG {
        // A closed stderr must not stop a call from being answered.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "portcullis: {text}");
    }
}
