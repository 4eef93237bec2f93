//! The documents that call: for each webview the one that it shows. The next page, or the end of the window, ends what the one
//! before had under way.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use portcullis::Gate;
use tauri::{AppHandle, Manager as _, Runtime, StateManager, Url, Webview, utils::config::FrontendDist};

use crate::{document::Document, report};

/// All documents of a program.
#[derive(Default)]
pub(crate) struct Documents {
    shown: RwLock<HashMap<Box<str>, Arc<Document>>>,
    /// Whether somebody tells of pages that are loaded.
    watched: AtomicBool,
    /// Whether what the program manages has been looked at.
    checked: OnceLock<()>,
}

impl Documents {
    /// Those of a gate, which [`gate`](crate::gate) has given it. Of a gate that was made otherwise, new ones.
    pub(crate) fn of_gate(gate: &Gate) -> Arc<Self> {
        gate.state::<Arc<Self>>().cloned().unwrap_or_default()
    }

    /// Looks, once, at what the program manages.
    pub(crate) fn check_once(&self, gate: &Gate, states: &StateManager) {
        self.checked.get_or_init(|| {
            if let Err(error) = gate.missing(states) {
                report::missing(&error);
            }
        });
    }

    /// Says that somebody tells of pages that are loaded, and whether nobody did before.
    pub(crate) fn watch(&self) -> bool {
        !self.watched.swap(true, Ordering::AcqRel)
    }

    /// The document that a webview shows. The webview is asked for the first one, of which no load was seen.
    pub(crate) fn of<R: Runtime>(&self, webview: &Webview<R>) -> Arc<Document> {
        if let Some(document) = self.shown(webview.label()) {
            return document;
        }
        let url = webview.url().ok();
        let is_own = url.as_ref().is_some_and(|url| is_own(webview.app_handle(), url));
        let document = Arc::new(Document::new(url, is_own));
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shown.entry(webview.label().into()).or_insert(document))
    }

    /// The document that a webview shows, if it is known.
    pub(crate) fn shown(&self, webview: &str) -> Option<Arc<Document>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).get(webview).cloned()
    }

    /// A webview shows another document from now on.
    pub(crate) fn loaded<R: Runtime>(&self, webview: &Webview<R>, url: &Url) {
        let document = Arc::new(Document::new(Some(url.clone()), is_own(webview.app_handle(), url)));
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let before = shown.insert(webview.label().into(), document);
        drop(shown);
        end(before);
    }

    /// A webview is there, which may have the label of one that was there before.
    pub(crate) fn created(&self, webview: &str) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let before = shown.remove(webview);
        drop(shown);
        end(before);
    }

    /// A window is gone, with all webviews in it.
    pub(crate) fn destroyed(&self, window: &str) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let gone: Vec<_> = shown
            .extract_if(|webview, document| **webview == *window || document.is_in(window))
            .map(|(_, document)| document)
            .collect();
        drop(shown);
        for document in gone {
            document.end();
        }
    }
}

fn end(document: Option<Arc<Document>>) {
    if let Some(document) = document {
        document.end();
    }
}

/// Whether a document is one of the program's, as far as its address tells. Tauri counts every scheme that a program registers
/// as its own, so what has a scheme of neither the web nor the browser is one that Tauri has looked up.
fn is_own<R: Runtime>(app: &AppHandle<R>, url: &Url) -> bool {
    match url.scheme() {
        "http" | "https" => {
            // Where schemes of a program are names beneath `localhost`.
            let named = url.host_str().is_some_and(|host| host.ends_with(".localhost"));
            let build = &app.config().build;
            let dist = match &build.frontend_dist {
                Some(FrontendDist::Url(url)) => Some(url),
                _ => None,
            };
            let served = build.dev_url.iter().filter(|_| tauri::is_dev()).chain(dist);
            (named && cfg!(any(windows, target_os = "android")))
                || served.into_iter().any(|own| own.origin() == url.origin())
        }
        "about" | "blob" | "data" | "file" | "filesystem" | "javascript" => false,
        _ => true,
    }
}
