//! One document of a webview: the sessions of those who call from it, and what they have under way.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use futures_util::future::AbortHandle;
use portcullis::{Code, Failure, Gate, Session};
use tauri::{Url, http::HeaderMap};
use tokio::sync::Semaphore;

use crate::{
    asked::Asked,
    documents::TOLD_LATE,
    limits::Limits,
    place::{Decided, Place, Top},
};

/// How many parts of a reply may be under way to a page that has not said that it has used them.
const AHEAD: usize = 8;

/// One document.
pub(crate) struct Document {
    /// Which webview it is in: one that is closed may have left its label to another.
    webview: usize,
    top: Top,
    sessions: RwLock<Vec<Opened>>,
    under_way: Mutex<UnderWay>,
    over: Over,
    /// Whether its load has been told of.
    told: AtomicBool,
    /// The calls that its webview has under way: those of the documents before count too, since they go on.
    calls: Arc<AtomicUsize>,
    /// And those that it has had.
    asked: Arc<Asked>,
}

/// Says whether a document is gone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Over(Arc<AtomicBool>);

impl Over {
    pub(crate) fn is(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The session of one place in a document: its main frame, or its sub-frames.
struct Opened {
    window: Box<str>,
    place: Place,
    session: Session,
}

#[derive(Default)]
struct UnderWay {
    next: u64,
    courses: HashMap<Id, Course>,
    parts: usize,
}

/// Whose name a course has: the page has given it, in one session, or it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Id {
    Page { session: usize, id: u64 },
    Own(u64),
}

/// What kind of thing is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A call: it goes on when its document is gone, as it does in Tauri, and nobody hears of it.
    Call,
    /// A reply in parts, a call with channels, a listener: it ends with its document.
    Parts,
}

struct Course {
    kind: Kind,
    stop: AbortHandle,
    credit: Arc<Semaphore>,
}

impl Document {
    pub(crate) fn new(webview: usize, top: Top, before: Option<&Self>) -> Self {
        let before = before.filter(|before| before.webview == webview);
        let calls = before.map(|before| Arc::clone(&before.calls));
        let asked = before.map(|before| Arc::clone(&before.asked));
        let told = AtomicBool::new(top.was_seen());
        Self {
            webview,
            top,
            sessions: RwLock::default(),
            under_way: Mutex::default(),
            over: Over::default(),
            told,
            calls: calls.unwrap_or_default(),
            asked: asked.unwrap_or_default(),
        }
    }

    /// Its load is told of at last, if this is where it is and none was before.
    pub(crate) fn is_told(&self, url: &Url) -> bool {
        self.top.is_at(url) && !self.told.swap(true, Ordering::AcqRel)
    }

    /// Whether it is in this webview.
    pub(crate) const fn is_of(&self, webview: usize) -> bool {
        self.webview == webview
    }

    /// The place of whoever sends a message.
    pub(crate) fn place(&self, decided: Decided, headers: &HeaderMap) -> Place {
        Place::of(decided, &self.top, headers)
    }

    /// The session of a place in a window, and its number in this document, once there is one.
    pub(crate) fn opened(&self, window: &str, place: Place) -> Option<(Session, usize)> {
        find(&self.sessions.read().unwrap_or_else(PoisonError::into_inner), window, place)
    }

    /// As [`opened`](Self::opened), and opens it.
    pub(crate) fn open(
        &self,
        gate: &Gate,
        (window, webview): (&str, &str),
        place: Place,
    ) -> (Session, usize) {
        // Not while the lock is held: it tells the host of a caller without rights, and the host's log is the host's code.
        let session = gate.session(place.principal(window, webview, &self.top));
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = find(&sessions, window, place) {
            return found;
        }
        sessions.push(Opened { window: window.into(), place, session: session.clone() });
        (session, sessions.len() - 1)
    }

    /// Takes note of a call of a page, and says whether it has been asked before, in this document or the one before it.
    pub(crate) fn was_asked(&self, id: u64, headers: &HeaderMap) -> bool {
        self.asked.before(id, headers)
    }

    /// The sessions that are open, for the host to switch on what is optional.
    pub(crate) fn sessions(&self) -> Vec<Session> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.iter().map(|opened| opened.session.clone()).collect()
    }

    /// Whether it is in this window, as far as is known: a webview that has moved was last seen where it opened a session last,
    /// and one that has not called has the label of its window.
    pub(crate) fn is_in(&self, window: &str, label: &str) -> bool {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.last().map_or(label, |opened| &opened.window) == window
    }

    /// Takes note of what is set going, for as long as the guard is held.
    pub(crate) fn begin(
        self: &Arc<Self>,
        name: Option<(usize, u64)>,
        kind: Kind,
        limits: Limits,
        stop: AbortHandle,
    ) -> Result<Begun, Failure> {
        let mut under_way = self.under_way();
        if self.over.is() && kind == Kind::Parts {
            return Err(Failure::new(Code::Cancelled, None));
        }
        let id = match name {
            Some((session, id)) => Id::Page { session, id },
            None => {
                under_way.next += 1;
                Id::Own(under_way.next)
            }
        };
        if under_way.courses.contains_key(&id) {
            return Err(Failure::new(Code::Invalid, Some("the number of the call is in use".to_owned())));
        }
        self.admit(&mut under_way, kind, limits)?;
        let credit = Arc::new(Semaphore::new(AHEAD));
        under_way.courses.insert(id, Course { kind, stop, credit: Arc::clone(&credit) });
        drop(under_way);
        Ok(Begun { document: Arc::clone(self), id, credit, limits })
    }

    /// Gives up what a page has named.
    pub(crate) fn cancel(&self, session: usize, id: u64) {
        if let Some(course) = self.under_way().courses.get(&Id::Page { session, id }) {
            course.stop.abort();
        }
    }

    /// A page has used a part.
    pub(crate) fn used(&self, session: usize, id: u64) {
        if let Some(course) = self.under_way().courses.get(&Id::Page { session, id })
            && course.credit.available_permits() < AHEAD
        {
            course.credit.add_permits(1);
        }
    }

    /// The document is gone.
    pub(crate) fn end(&self) {
        let under_way = self.under_way();
        self.over.0.store(true, Ordering::Release);
        for course in under_way.courses.values().filter(|course| course.kind == Kind::Parts) {
            course.stop.abort();
        }
    }

    /// What says whether it is gone.
    pub(crate) fn over(&self) -> Over {
        self.over.clone()
    }

    /// Counts one more of a kind, unless that is too many.
    fn admit(&self, under_way: &mut UnderWay, kind: Kind, limits: Limits) -> Result<(), Failure> {
        let (there, most, what) = match kind {
            Kind::Call => (self.calls.load(Ordering::Relaxed), limits.calls, "calls"),
            Kind::Parts => (under_way.parts, limits.streams, "replies in parts"),
        };
        if there >= most {
            return Err(Failure::new(Code::TooMany, Some(format!("{most} {what} are under way"))));
        }
        match kind {
            Kind::Call => drop(self.calls.fetch_add(1, Ordering::Relaxed)),
            Kind::Parts => under_way.parts += 1,
        }
        Ok(())
    }

    fn release(&self, under_way: &mut UnderWay, kind: Kind) {
        match kind {
            Kind::Call => drop(self.calls.fetch_sub(1, Ordering::Relaxed)),
            Kind::Parts => under_way.parts = under_way.parts.saturating_sub(1),
        }
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find(sessions: &[Opened], window: &str, place: Place) -> Option<(Session, usize)> {
    let number = sessions.iter().position(|one| one.place == place && *one.window == *window)?;
    sessions.get(number).map(|opened| (opened.session.clone(), number))
}

/// Something under way; dropped when it is over.
pub(crate) struct Begun {
    document: Arc<Document>,
    id: Id,
    credit: Arc<Semaphore>,
    limits: Limits,
}

impl Begun {
    /// From now on it is one of the replies in parts, and ends with its document.
    ///
    /// # Errors
    ///
    /// `cancelled` if that is gone already, `too_many` if there are as many as there may be.
    pub(crate) fn goes_on_in_parts(&self) -> Result<(), Failure> {
        let mut under_way = self.document.under_way();
        if self.is_over() {
            return Err(Failure::new(Code::Cancelled, None));
        }
        let Some(Kind::Call) = under_way.courses.get(&self.id).map(|course| course.kind) else {
            return Ok(());
        };
        self.document.admit(&mut under_way, Kind::Parts, self.limits)?;
        self.document.release(&mut under_way, Kind::Call);
        if let Some(course) = under_way.courses.get_mut(&self.id) {
            course.kind = Kind::Parts;
        }
        Ok(())
    }

    /// Whether its document is gone: another one stands there now, which is none of this one's business.
    fn is_over(&self) -> bool {
        self.document.over.is()
    }

    /// Whether its answer is one for the document that is there now. Where a page may call before it is told of, what looks like
    /// the call of the one before may be its own.
    pub(crate) fn may_be_told(&self) -> bool {
        TOLD_LATE || !self.is_over()
    }

    /// Waits until the page may be sent a part.
    pub(crate) async fn turn(&self) {
        // It is never closed.
        if let Ok(permit) = self.credit.acquire().await {
            permit.forget();
        }
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut under_way = self.document.under_way();
        if let Some(course) = under_way.courses.remove(&self.id) {
            self.document.release(&mut under_way, course.kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn document() -> Arc<Document> {
        Arc::new(Document::new(1, Top::new(None, false), None))
    }

    fn begin(document: &Arc<Document>, id: u64, kind: Kind) -> Result<(Begun, AbortHandle), Failure> {
        let (stop, _) = AbortHandle::new_pair();
        let begun = document.begin(Some((0, id)), kind, Limits::default(), stop.clone())?;
        Ok((begun, stop))
    }

    #[test]
    fn what_begins_while_its_document_ends_is_refused_or_stopped() {
        for _ in 0..2000 {
            let document = document();
            let ends = Arc::clone(&document);
            let end = thread::spawn(move || ends.end());
            let begun: Vec<_> = (0..4).filter_map(|id| begin(&document, id, Kind::Parts).ok()).collect();
            let turned =
                begin(&document, 9, Kind::Call).map(|(begun, stop)| (begun.goes_on_in_parts(), begun, stop));
            end.join().unwrap();
            assert!(begun.iter().all(|(_, stop)| stop.is_aborted()));
            let (went_on, _begun, stop) = turned.unwrap();
            assert!(went_on.is_err() || stop.is_aborted());
        }
    }

    #[test]
    fn a_load_that_is_told_of_late_is_that_of_the_page_that_has_called() {
        let url: Url = "http://tauri.localhost/".parse().unwrap();
        let first = Document::new(1, Top::asked(Some(url.clone()), true), None);
        assert!(!first.is_told(&"http://tauri.localhost/other".parse().unwrap()));
        assert!(first.is_told(&url) && !first.is_told(&url), "the second is that of another page");
        assert!(!Document::new(1, Top::new(Some(url.clone()), true), None).is_told(&url));
    }

    #[test]
    fn what_is_over_is_not_counted() {
        let document = document();
        for id in 0..10_000 {
            let (begun, _) =
                begin(&document, id % 3, if id % 2 == 0 { Kind::Call } else { Kind::Parts }).unwrap();
            begun.goes_on_in_parts().unwrap();
        }
        let under_way = document.under_way();
        assert_eq!((under_way.courses.len(), under_way.parts), (0, 0));
        assert_eq!(document.calls.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn credit_does_not_grow_beyond_what_it_was() {
        let document = document();
        let (begun, _) = begin(&document, 1, Kind::Parts).unwrap();
        for _ in 0..1_000_000 {
            document.used(0, 1);
        }
        assert_eq!(begun.credit.available_permits(), AHEAD);
    }

    #[test]
    fn calls_are_counted_for_a_webview_and_not_for_its_label() {
        let first = document();
        let held = begin(&first, 1, Kind::Call).unwrap();
        let next = Document::new(1, Top::new(None, false), Some(&first));
        let other = Document::new(2, Top::new(None, false), Some(&first));
        assert_eq!((next.calls.load(Ordering::Relaxed), other.calls.load(Ordering::Relaxed)), (1, 0));
        drop(held);
        assert_eq!(next.calls.load(Ordering::Relaxed), 0);
    }
}
