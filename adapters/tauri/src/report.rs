//! What the host is told of what only this adapter sees: through `tracing`, and in a debug build on stderr too, as the gate
//! does. All of it is off the path of a call that succeeds. A subscriber is code of the program's: if it panics, what it was told of
//! is answered all the same.

use std::fmt::{self, Display};

use portcullis::{__private::quietly, BuildError};

#[cold]
pub(crate) fn unreadable(id: u64, error: &dyn Display) {
    quietly(|| {
        tracing::error!(target: "portcullis", id, "a response of Tauri's cannot be read: {error}");
    });
    aloud(format_args!("failure {id}: a response of Tauri's cannot be read: {error}"));
}

#[cold]
pub(crate) fn unknown_argument(command: &str, argument: &str) {
    // It is the caller's: it must be able neither to draw in a log nor to fill it.
    let end =
        (0..=64.min(argument.len())).rev().find(|end| argument.is_char_boundary(*end)).unwrap_or_default();
    let argument = argument.get(..end).unwrap_or_default().escape_debug();
    quietly(|| {
        tracing::warn!(target: "portcullis", command, %argument, "an argument that the command does not take was ignored");
    });
    aloud(format_args!(
        "`{command}` was called with `{argument}`, which it does not take: ignored, as Tauri does (`Handler::strict` refuses it)"
    ));
}

#[cold]
pub(crate) fn missing(error: &BuildError) {
    quietly(|| {
        tracing::error!(target: "portcullis", "the program does not manage what commands need: {error}");
    });
    aloud(format_args!("{error}"));
}

#[cold]
pub(crate) fn not_watched(error: &dyn Display) {
    quietly(|| {
        tracing::error!(target: "portcullis", "documents cannot be told apart, so their sessions do not end: {error}");
    });
    aloud(format_args!("documents cannot be told apart, so their sessions do not end: {error}"));
}

fn aloud(text: fmt::Arguments<'_>) {
    if cfg!(debug_assertions) {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "portcullis: {text}");
    }
}
