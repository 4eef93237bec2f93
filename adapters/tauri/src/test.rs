//! What Tauri's mock runtime does not do, for tests on it: a webview that shows another page, a window that is gone.

use portcullis::Gate;
use tauri::{Runtime, Url, Webview};

use crate::documents::Documents;

/// The webview has gone to another page: what its page before had open ends, and the next message is that of another session.
///
/// ```
/// # fn test(gate: portcullis::Gate, window: tauri::WebviewWindow<tauri::test::MockRuntime>) {
/// portcullis_tauri::test::show(&gate, window.as_ref(), &"https://elsewhere.test".parse().unwrap());
/// # }
/// ```
pub fn show<R: Runtime>(gate: &Gate, webview: &Webview<R>, url: &Url) {
    Documents::of_gate(gate).loaded(webview, url);
}

/// The window with this label is gone.
pub fn destroy(gate: &Gate, window: &str) {
    Documents::of_gate(gate).destroyed(window);
}
