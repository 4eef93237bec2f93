//! What tells of documents: which page a webview shows, and when it is gone. Tauri asks plugins, so this is one.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

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

/// How long a message waits for the plugin to be registered.
const PATIENCE: Duration = Duration::from_millis(100);

/// As [`plugin`], for a program that is running.
///
/// Tauri holds its plugins locked while it calls one of them. If that one lets the event loop run (a dialog does), a message comes
/// here on the thread that holds the lock, and must not wait for it: nothing is loaded meanwhile, since Tauri would have to lock
/// them for that too.
pub(crate) fn register<R: Runtime>(app: &AppHandle<R>, documents: &Arc<Documents>) {
    let (app, documents) = (app.clone(), Arc::clone(documents));
    let (tell, told) = mpsc::channel::<()>();
    let spawned = thread::Builder::new().name("portcullis".to_owned()).spawn(move || {
        if let Err(error) = app.plugin(watch(&documents, None)) {
            report::not_watched(&error);
        }
        drop(tell);
    });
    match spawned {
        Ok(_) => drop(told.recv_timeout(PATIENCE)),
        Err(error) => report::not_watched(&error),
    }
}

fn watch<R: Runtime>(documents: &Arc<Documents>, gate: Option<Gate>) -> TauriPlugin<R> {
    let (loads, created, events) = (Arc::clone(documents), Arc::clone(documents), Arc::clone(documents));
    Builder::new(name())
        .on_page_load(move |webview, load| {
            if load.event() == PageLoadEvent::Started {
                loads.loaded(webview, load.url());
            }
        })
        .on_webview_ready(move |webview| created.created(&webview))
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

/// Tauri keeps one plugin of a name, and drops the one before: each gate has its own.
fn name() -> &'static str {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    match NEXT.fetch_add(1, Ordering::Relaxed) {
        1 => "portcullis",
        next => Box::leak(format!("portcullis-{next}").into_boxed_str()),
    }
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
