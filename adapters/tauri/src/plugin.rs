//! What tells of documents: which page a webview shows, and when it is gone. Tauri asks plugins, so this is one.

use std::sync::Arc;

use portcullis::Gate;
use tauri::{
    AppHandle, RunEvent, Runtime, WindowEvent,
    plugin::{Builder, TauriPlugin},
    webview::PageLoadEvent,
};

use crate::{documents::Documents, report};

/// Watches which documents the program shows, from the start, and looks at what it manages once it is ready.
///
/// A handler registers one with the first message that it sees, so a program may do without. It should not if one of its windows can
/// show pages from elsewhere: of what was shown before the first message, Tauri says only what it is on the way to.
///
/// ```no_run
/// # fn builder(gate: portcullis::Gate) -> tauri::Builder<tauri::Wry> {
/// use portcullis_tauri::GateExt as _;
///
/// tauri::Builder::default()
///     .plugin(portcullis_tauri::plugin(&gate))
///     .invoke_handler(gate.or(tauri::generate_handler![]))
/// # }
/// ```
pub fn plugin<R: Runtime>(gate: &Gate) -> TauriPlugin<R> {
    let documents = Documents::of_gate(gate);
    documents.watch();
    watch(&documents, Some(gate.clone()))
}

/// As [`plugin`], for a program that is running.
pub(crate) fn watching<R: Runtime>(documents: &Arc<Documents>) -> TauriPlugin<R> {
    watch(documents, None)
}

fn watch<R: Runtime>(documents: &Arc<Documents>, gate: Option<Gate>) -> TauriPlugin<R> {
    let (loads, created, events) = (Arc::clone(documents), Arc::clone(documents), Arc::clone(documents));
    Builder::new("portcullis")
        .on_page_load(move |webview, load| {
            if load.event() == PageLoadEvent::Started {
                loads.loaded(webview, load.url());
            }
        })
        .on_webview_ready(move |webview| created.created(webview.label()))
        .on_event(move |app, event| match event {
            RunEvent::Ready => {
                if let Some(gate) = &gate
                    && let Err(error) = check(gate, app)
                {
                    report::missing(&error);
                }
            }
            RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } => events.destroyed(label),
            _ => {}
        })
        .build()
}

/// Says whether the program manages every value that commands take as `tauri::State`. For the end of `setup`, where an error keeps
/// the program from starting, and for tests. What is managed later is missed here, and is there when it is.
///
/// # Errors
///
/// All that is missing, by command and argument.
///
/// ```no_run
/// # fn builder(gate: portcullis::Gate) -> tauri::Builder<tauri::Wry> {
/// # use tauri::Manager as _;
/// tauri::Builder::default().setup(move |app| {
///     app.manage(String::from("a connection to a database"));
///     portcullis_tauri::check(&gate, app.handle())?;
///     Ok(())
/// })
/// # }
/// ```
pub fn check<R: Runtime>(gate: &Gate, app: &AppHandle<R>) -> Result<(), portcullis::BuildError> {
    gate.missing(app)
}
