//! The commands behind a gate.

use portcullis::prelude::*;

use crate::commands::{add, add_later, identity, nothing};

/// Who may call them.
pub static AUTHORITY: Authority = authority! {
    commands: [nothing, add, add_later, identity],
    capabilities: ["capabilities/main.json"],
    windows: ["main", "other"],
};

/// A session of a window that may call all of them, or of one that may call none.
///
/// # Panics
///
/// If the gate asks for something.
#[must_use]
#[expect(clippy::expect_used, reason = "no command asks for anything")]
pub fn session(window: &str) -> Session {
    Gate::new(&AUTHORITY)
        .explain(false)
        .build()
        .expect("nothing is missing")
        .session(Principal::window(window))
}
