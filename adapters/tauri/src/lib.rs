//! [Portcullis](portcullis) inside Tauri: commands move behind the gate one by one, and pages and capability files stay as
//! they are.

mod answer;
mod arguments;
mod context;
mod document;
mod documents;
mod handler;
mod incoming;
mod limits;
mod message;
mod parts;
mod place;
mod plugin;
mod report;
mod runtime;

use std::sync::Arc;

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
};

/// Starts to build a gate for a Tauri program: as [`Gate::new`], with Tauri's executor, and with what Tauri's arguments need.
pub fn gate(authority: &'static Authority) -> GateBuilder {
    Gate::new(authority).runtime(TauriRuntime).per_call::<Incoming>().state(Arc::new(Documents::default()))
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
