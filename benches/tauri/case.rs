//! What is called, and by which way.

use portcullis_benches::commands::items;
use serde_json::json;
use tauri::ipc::{InvokeBody, InvokeResponse, InvokeResponseBody};

use crate::{
    bare, guarded, old,
    page::{Message, Page},
};

const MB: usize = 1_000_000;

/// One of the ways to the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Tauri's macro, in a program without an app manifest: nothing is asked.
    Bare,
    /// Tauri's macro, in a program with one: Tauri asks its own access control.
    Acl,
    /// A gate, in a program without an app manifest.
    Gate,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bare, Self::Acl, Self::Gate];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bare => "tauri",
            Self::Acl => "tauri, ACL on",
            Self::Gate => "portcullis",
        }
    }
}

/// One call.
#[derive(Debug)]
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    command: &'static str,
    body: InvokeBody,
    end: End,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Resolved,
    /// What nothing asks cannot be denied.
    Denied,
}

impl Case {
    /// All of them.
    ///
    /// # Panics
    ///
    /// Never: what it reads was written as JSON.
    #[must_use]
    pub fn all() -> Vec<Self> {
        #[expect(clippy::unwrap_used, reason = "it was written as JSON")]
        let items = serde_json::from_slice(&items()).unwrap();
        let sum = || InvokeBody::Json(json!({ "a": 20, "b": 22 }));
        let empty = || InvokeBody::Json(json!({}));
        let raw = || InvokeBody::Raw(vec![7; MB]);
        let case = |name, command, body| Self { name, command, body, end: End::Resolved };
        vec![
            case("no arguments", "nothing", empty()),
            case("add", "add", sum()),
            case("5.8 kB of JSON in and out", "identity", InvokeBody::Json(items)),
            case("1 MB of bytes in", "take", raw()),
            case("1 MB of bytes out", "give", InvokeBody::Json(json!({ "bytes": MB }))),
            case("1 MB of bytes in and out", "echo", raw()),
            case("State and AppHandle", "count", empty()),
            case("add, async", "add_later", sum()),
            case("one of 120 old commands", OLD, InvokeBody::Json(json!({ "value": 7 }))),
            Self { end: End::Denied, ..case("denied", "wipe", empty()) },
        ]
    }

    /// How many of its messages may be made ready at once.
    #[must_use]
    pub fn at_once(&self) -> u64 {
        match &self.body {
            InvokeBody::Raw(_) => 4,
            InvokeBody::Json(_) => 64,
        }
    }

    /// Whether there is anything to be measured on this side.
    #[must_use]
    pub fn is_on(&self, side: Side) -> bool {
        self.end == End::Resolved || side != Side::Bare
    }
}

/// An old command in the middle of them.
const OLD: &str = "old_060";

/// What the capability of a program with a manifest allows.
const ALLOWED: &[&str] = &["nothing", "add", "add_later", "identity", "take", "give", "echo", "count", OLD];

/// A case on one side.
#[derive(Debug)]
pub struct Caller {
    page: Page,
    command: &'static str,
    body: InvokeBody,
}

impl Caller {
    /// Builds the program, and calls once: both sides must do the same work.
    ///
    /// # Panics
    ///
    /// If they do not.
    #[must_use]
    pub fn new(case: &Case, side: Side) -> Self {
        let handler = match (side, case.command) {
            (Side::Bare | Side::Acl, OLD) => old::handler(),
            (Side::Bare | Side::Acl, _) => bare::handler(),
            (Side::Gate, _) => guarded::handler(old::handler()),
        };
        let page = Page::of(handler, (side == Side::Acl).then_some(ALLOWED));
        let caller = Self { page, command: case.command, body: case.body.clone() };
        caller.check(case.end);
        caller
    }

    /// A message that is ready to be sent.
    #[must_use]
    pub fn message(&self) -> Message {
        self.page.message(self.command, &self.body)
    }

    #[expect(clippy::panic, clippy::unwrap_used, reason = "a bench of something else would mislead")]
    fn check(&self, end: End) {
        let given = match &self.body {
            InvokeBody::Json(value) => value.clone(),
            InvokeBody::Raw(bytes) => json!(bytes.len()),
        };
        let bytes = |length: usize| InvokeResponseBody::Raw(vec![7; length]);
        let json = |value: &serde_json::Value| InvokeResponseBody::Json(value.to_string());
        let expected = match self.command {
            "nothing" => json(&json!(null)),
            "add" | "add_later" => json(&json!(42)),
            "take" => json(&given),
            "give" | "echo" => bytes(MB),
            "identity" => json(&given["items"]),
            "count" => json(&json!(0)),
            _ => json(&given["value"]),
        };
        let read = |body: InvokeResponseBody| match body {
            InvokeResponseBody::Json(text) => (serde_json::from_str(&text).unwrap(), Vec::new()),
            InvokeResponseBody::Raw(bytes) => (json!(null), bytes),
        };
        match (self.message().send(), end) {
            (InvokeResponse::Ok(body), End::Resolved) if read(body.clone()) == read(expected.clone()) => {}
            (InvokeResponse::Err(_), End::Denied) => {}
            (other, _) => panic!("{}: {other:?}, not {expected:?}", self.command),
        }
    }
}
