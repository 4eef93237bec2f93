//! The documents that call: for each webview the one that it shows. The next page, or the end of the window, ends what the one
//! before had under way.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use portcullis::Gate;
use tauri::{Manager as _, Runtime, StateManager, Url, Webview, Window};

use crate::{document::Document, own::is_own, place::Top, report};

/// Whether a page may call before it is told of: on Android its messages have a thread of their own.
pub(crate) const TOLD_LATE: bool = cfg!(target_os = "android");

/// All documents of a program.
#[derive(Default)]
pub(crate) struct Documents {
    shown: RwLock<BTreeMap<Box<str>, Arc<Document>>>,
    /// Whether somebody tells of pages that are loaded.
    watched: AtomicBool,
    /// Whether what the program manages has been looked at.
    checked: AtomicBool,
}

impl Documents {
    /// Those of a gate, which [`gate`](crate::gate) has given it. Of a gate that was made otherwise, new ones.
    pub(crate) fn of_gate(gate: &Gate) -> Arc<Self> {
        gate.state::<Arc<Self>>().cloned().unwrap_or_default()
    }

    /// Looks, once, at what the program manages.
    pub(crate) fn check_once(&self, gate: &Gate, states: &StateManager) {
        if is_first(&self.checked)
            && let Err(error) = gate.missing(states)
        {
            report::missing(&error);
        }
    }

    /// Says that somebody tells of pages that are loaded, and whether nobody did before.
    pub(crate) fn watch(&self) -> bool {
        is_first(&self.watched)
    }

    /// The document that a webview shows. The webview is asked for the first one, of which no load was seen.
    pub(crate) fn of<R: Runtime>(&self, webview: &Webview<R>, which: usize) -> Arc<Document> {
        if let Some(document) = self.shown(webview.label())
            && document.is_of(which)
        {
            return document;
        }
        let url = webview.url().ok();
        let is_own = url.as_ref().is_some_and(|url| is_own(webview.app_handle(), url));
        let document = Arc::new(Document::new(which, Top::asked(url, is_own), None));
        let mut shown = self.write();
        if let Some(there) = shown.get(webview.label())
            && there.is_of(which)
        {
            return Arc::clone(there);
        }
        let before = shown.insert(webview.label().into(), Arc::clone(&document));
        drop(shown);
        end(before);
        document
    }

    /// The document that a webview shows, if it is known.
    pub(crate) fn shown(&self, webview: &str) -> Option<Arc<Document>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).get(webview).cloned()
    }

    /// A webview shows another document from now on.
    pub(crate) fn loaded<R: Runtime>(&self, webview: &Webview<R>, url: &Url) {
        let which = which(&webview.window_ref());
        let top = Top::new(Some(url.clone()), is_own(webview.app_handle(), url));
        let mut shown = self.write();
        let before = shown.get(webview.label()).map(|before| &**before);
        if TOLD_LATE && before.is_some_and(|before| before.is_of(which) && before.is_told(url)) {
            return;
        }
        let document = Arc::new(Document::new(which, top, before));
        let before = shown.insert(webview.label().into(), document);
        drop(shown);
        end(before);
    }

    /// A webview is there, which may have the label of one that was there before. It may also have called already.
    pub(crate) fn created<R: Runtime>(&self, webview: &Webview<R>) {
        let which = which(&webview.window_ref());
        let mut shown = self.write();
        if shown.get(webview.label()).is_some_and(|document| !document.is_of(which)) {
            let before = shown.remove(webview.label());
            drop(shown);
            end(before);
        }
    }

    /// A window is gone, with all webviews in it.
    pub(crate) fn destroyed(&self, window: &str) {
        let mut shown = self.write();
        let gone: Vec<_> = shown
            .extract_if(.., |webview, document| document.is_in(window, webview))
            .map(|(_, document)| document)
            .collect();
        drop(shown);
        for document in gone {
            document.end();
        }
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, BTreeMap<Box<str>, Arc<Document>>> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which webview it is that has this hold of its window: its clones share one, and no two have the same at one time. (A label
/// does not say: it may be taken again.)
pub(crate) fn which<R: Runtime>(held: &Window<R>) -> usize {
    std::ptr::from_ref(held).addr()
}

/// Asked on every message: reading is all that most of them do.
fn is_first(done: &AtomicBool) -> bool {
    !done.load(Ordering::Acquire) && !done.swap(true, Ordering::AcqRel)
}

fn end(document: Option<Arc<Document>>) {
    if let Some(document) = document {
        document.end();
    }
}
