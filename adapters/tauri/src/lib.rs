//! [Portcullis](portcullis) inside Tauri 2: commands move behind the gate one by one, and the pages that call them, and the
//! capability files, stay as they are.
//!
//! ```no_run
//! use portcullis::{Authority, command};
//! use portcullis_tauri::GateExt as _;
//!
//! /// Moved: `#[tauri::command]` was here.
//! #[command(permission)]
//! fn read_note(id: u32, app: tauri::AppHandle) -> Result<String, String> {
//!     Err(format!("{} has no note {id}", app.package_info().name))
//! }
//!
//! /// Not moved yet.
//! #[tauri::command]
//! fn version() -> &'static str {
//!     "1.0"
//! }
//!
//! static AUTHORITY: Authority = portcullis::authority! {
//!     commands: [read_note],
//!     capabilities: ["docs/main.json"], // yours: "capabilities/main.json"
//!     foreign: ["core"],                // or Tauri's manifests: see below
//!     windows: ["main"],
//! };
//!
//! # fn run(context: tauri::Context) -> Result<(), Box<dyn std::error::Error>> {
//! let gate = portcullis_tauri::gate(&AUTHORITY).build()?;
//! tauri::Builder::default()
//!     .invoke_handler(gate.or(tauri::generate_handler![version]))
//!     .run(context)?; // tauri::generate_context!()
//! # Ok(())
//! # }
//! ```
//!
//! and in `build.rs`, in place of `tauri_build::build()`:
//!
//! ```ignore
//! fn main() {
//!     portcullis_tauri_build::build()
//! }
//! ```
//!
//! The [guide](migration) goes through it with programs that exist.
//!
//! # What is decided, and by whom
//!
//! A name that the gate knows is the gate's: what it refuses is refused, and no other handler is asked. A name that it does not
//! know goes to the handler that was there before, under Tauri's rules. When the last command has moved,
//! [`gate.handler()`](GateExt::handler) takes the place of `or`, and unknown names are refused like those that are not granted.
//!
//! Tauri itself is asked first, and may refuse:
//!
//! - **A program without permissions of its own** (no `permissions/` folder, no `AppManifest` in `build.rs`: most programs). Tauri lets
//!   through every command of the program that one of its own pages calls, and none that another page calls ([`remote`] lets those get to
//!   the gate).
//! - **A program with an `AppManifest`**. Tauri lets through what its capabilities grant, and then the gate decides. Both read the same
//!   files: write `#[command(permission)]`, whose id is the `allow-<command>` that they have already.
//!
//! # Capability files
//!
//! They are the program's own, `capabilities/*.json`, in Tauri's format and with our four keys. What they grant of Tauri's core and of
//! plugins is Tauri's to decide. `authority!` holds it against the manifests that tauri-build writes, if it is told where they are, for
//! the capabilities of every platform that is built:
//!
//! ```ignore
//! authority! {
//!     commands: [read_note],
//!     capabilities: ["capabilities/main.json"],
//!     permissions: ["permissions/notes.toml"],     // if the program has permission files in Tauri's format
//!     foreign: "gen/schemas/acl-manifests.json",
//!     windows: ["main", "viewer-*"],
//! }
//! ```
//!
//! tauri-build does not know our ids and would refuse them. `portcullis_tauri_build::build()` gives it the files without what is ours.
//!
//! # What a command takes
//!
//! | | |
//! |---|---|
//! | [`AppHandle`](tauri::AppHandle), [`Window`](tauri::Window), [`Webview`], [`WebviewWindow`](tauri::WebviewWindow) | as under Tauri's macro |
//! | [`tauri::State<'_, T>`](tauri::State) | as under Tauri's macro. [`check`], at the end of `setup`, says what is not managed; else the log does with the first message |
//! | [`tauri::ipc::Channel<T>`](tauri::ipc::Channel) | as under Tauri's macro, until its page is gone: sending fails then (and `id()` is not the page's number). [`portcullis::Channel`] also waits for its page |
//! | [`tauri::ipc::Request<'_>`](tauri::ipc::Request) | the body and the headers, as they came |
//! | [`portcullis::State`], [`Principal`](portcullis::Principal), [`Granted`](portcullis::Granted), [`Checked`](portcullis::Checked), [`Bytes`](portcullis::Bytes), [`Emitter`](portcullis::Emitter), .. | ours |
//! | everything that deserializes | data |
//!
//! and it returns what it returned: data, `Result<_, String>`, [`tauri::ipc::Response`], [`tauri::Result`]; or a
//! [`Streaming`](portcullis::Streaming), a [`Download`](portcullis::Download). What it cannot take is Tauri's `CommandScope` and
//! `GlobalScope`: an argument that a scope checks is [`Checked`](portcullis::Checked). A command has no type parameters: where it was
//! `<R: Runtime>`, write the runtime that the program has (`AppHandle` alone is that of Tauri's `Wry`).
//!
//! `fn` runs on the thread that Tauri delivers messages on, `async fn` on Tauri's executor, as before. `#[tauri::command(async)] fn` is
//! `#[command(permission, blocking)]`: on a thread that may block.
//!
//! # What a page is answered
//!
//! A plain `invoke()` resolves with the value, and rejects with the command's own error as it is, as before. Where the call did not come to
//! a result, it rejects with a text: `denied (failure 7): ..`; [`Errors::Envelope`] tells the three apart. An argument that the command
//! does not take is ignored, and logged ([`Handler::strict`] refuses it). Everything is answered: panics, missing state, calls whose time is
//! up (as in Tauri they may take as long as they take, until the [gate](portcullis::GateBuilder::timeout) or the command says otherwise),
//! futures that are dropped. What no handler sees is not: Tauri drops a message with a wrong invoke key.
//!
//! Calls go on when their page has gone, as they do in Tauri, and what comes of them is not told to the page that is there then; streams,
//! listeners and calls with channels end with it.
//!
//! A [client in TypeScript](portcullis::typescript) has its transport inside:
//! `Client::new(&AUTHORITY).inline_transport(portcullis_tauri::TRANSPORT).window("main").write_or_check("src/main.ts")`. A page without
//! a bundler imports [`SCRIPT`].
//!
//! # Who calls
//!
//! | | from where it is known |
//! |---|---|
//! | the labels of window and webview | Tauri |
//! | whether the page is the program's own | Tauri; if the document that the webview shows contradicts, it is nobody's |
//! | the origin of another page | the document that the webview shows, if it was seen to come ([`plugin`](plugin()) sees them all) |
//! | the frame | see below |
//!
//! A session is one document: the next page, and the end of the window, end it. [`plugin`](plugin()) sees documents from the start; without
//! it, the handler begins to watch with the first message. Nothing that a message says of itself counts. (An `Origin` header is the
//! browser's in a request and the page's in a message: it can make a caller a sub-frame, and nothing more.)
//!
//! | | are frames told from their page? |
//! |---|---|
//! | Linux, macOS, iOS | a frame of another origin does not have the key that Tauri asks for; what a frame of the same origin could do, it can do through its page |
//! | Windows | frames have the key. What they send is a request, with the origin that the browser says; messages without one are the top document's |
//! | Android | no: every page counts as a sub-frame, and only capabilities with `"frames": "any"` admit it |
//!
//! # Versions
//!
//! | portcullis-tauri | Tauri |
//! |---|---|
//! | 0.1 | 2.12 |
//!
//! Before 2.11.1, Tauri let pages from elsewhere call the commands of a program without an `AppManifest`. It has been run on Linux; for
//! Windows, macOS, Android and iOS, what is said here is read from Tauri's and wry's sources.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops on what it does not expect"))]

mod answer;
mod arguments;
mod asked;
mod context;
mod document;
mod documents;
mod handler;
mod incoming;
mod limits;
mod message;
mod own;
mod parts;
mod place;
mod plugin;
mod report;
mod runtime;
mod script;
#[cfg(feature = "test")]
pub mod test;

use std::{sync::Arc, time::Duration};

use portcullis::{Authority, Gate, GateBuilder, Session};
use tauri::{Runtime, Webview, ipc::Invoke};

use crate::documents::Documents;
pub use crate::{
    answer::Errors,
    arguments::Tauri,
    context::remote,
    handler::Handler,
    incoming::Incoming,
    limits::Limits,
    plugin::{check, plugin},
    runtime::TauriRuntime,
    script::with_script,
};

/// The transport of [clients in TypeScript](portcullis::typescript), for `Client::inline_transport`: calls by Tauri's `invoke`.
pub const TRANSPORT: &str = include_str!("script/tauri.ts");

/// The same as a module in JavaScript, for pages without a bundler: `import { invoke, stream, listen } from "/portcullis.js"`, if
/// the program is run [with it](with_script()).
pub const SCRIPT: &str = include_str!("script/portcullis.js");

#[doc = include_str!("../docs/migration.md")]
pub mod migration {}

/// Starts to build a gate for a Tauri program: as [`Gate::new`], with Tauri's executor, and with what Tauri's arguments need.
/// A call may take as long as it takes, as it may in Tauri: [`timeout`](GateBuilder::timeout) says otherwise.
pub fn gate(authority: &'static Authority) -> GateBuilder {
    let documents = Arc::new(Documents::default());
    Gate::new(authority).runtime(TauriRuntime).timeout(Duration::MAX).per_call::<Incoming>().state(documents)
}

/// What a gate is in a Tauri program.
pub trait GateExt {
    /// The handler for `tauri::Builder::invoke_handler`: the gate decides on the names that it knows, and hands on the others.
    fn or<R: Runtime>(
        &self,
        others: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
    ) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static;

    /// As [`or`](Self::or), for a program whose commands are all behind the gate.
    fn handler<R: Runtime>(&self) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static;

    /// The sessions of the document that a webview shows, once it has called: one, or one more for its frames. For the host, to
    /// [switch on](Session::switch_on) what is optional.
    fn sessions_of<R: Runtime>(&self, webview: &Webview<R>) -> Vec<Session>;
}

impl GateExt for Gate {
    fn or<R: Runtime>(
        &self,
        others: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
    ) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
        Handler::new(self).or(others)
    }

    fn handler<R: Runtime>(&self) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
        Handler::new(self).only()
    }

    fn sessions_of<R: Runtime>(&self, webview: &Webview<R>) -> Vec<Session> {
        let document = Documents::of_gate(self).shown(webview.label());
        document.map(|document| document.sessions()).unwrap_or_default()
    }
}
