//! One document of a webview: the sessions of those who call from it, and what they have under way.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use futures_util::future::AbortHandle;
use portcullis::{Code, Failure, Gate, Session};
use tauri::{Url, http::HeaderMap};
use tokio::sync::Semaphore;

use crate::{
    limits::Limits,
    place::{Decided, Place},
};

/// How many parts of a reply may be under way to a page that has not said that it has used them.
const AHEAD: usize = 8;

/// One document.
pub(crate) struct Document {
    url: Option<Url>,
    is_own: bool,
    sessions: RwLock<Vec<Opened>>,
    under_way: Mutex<UnderWay>,
}

/// The session of one place in a document: its main frame, or its sub-frames.
struct Opened {
    window: Box<str>,
    place: Place,
    session: Session,
}

#[derive(Default)]
struct UnderWay {
    over: bool,
    next: u64,
    courses: HashMap<Id, Course>,
}

/// Whose name a course has: the page has given it, in one session, or it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Id {
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
    pub(crate) fn new(url: Option<Url>, is_own: bool) -> Self {
        Self { url, is_own, sessions: RwLock::default(), under_way: Mutex::default() }
    }

    /// The session of whoever sends a message, and its number in this document.
    pub(crate) fn session(
        &self,
        gate: &Gate,
        (window, webview): (&str, &str),
        decided: Decided,
        headers: &HeaderMap,
    ) -> (Session, usize) {
        let place = Place::of(decided, self.url.as_ref(), self.is_own, headers);
        let find = |sessions: &[Opened]| {
            let number = sessions.iter().position(|one| one.place == place && *one.window == *window)?;
            sessions.get(number).map(|opened| (opened.session.clone(), number))
        };
        if let Some(found) = find(&self.sessions.read().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = find(&sessions) {
            return found;
        }
        let session = gate.session(place.principal(window, webview, self.url.as_ref()));
        sessions.push(Opened { window: window.into(), place, session: session.clone() });
        (session, sessions.len() - 1)
    }

    /// The sessions that are open, for the host to switch on what is optional.
    pub(crate) fn sessions(&self) -> Vec<Session> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.iter().map(|opened| opened.session.clone()).collect()
    }

    pub(crate) fn is_in(&self, window: &str) -> bool {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.iter().any(|opened| *opened.window == *window)
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
        if under_way.over && kind == Kind::Parts {
            return Err(Failure::new(Code::Cancelled, None));
        }
        let most = if kind == Kind::Parts { limits.streams } else { limits.calls };
        if under_way.courses.values().filter(|course| course.kind == kind).count() >= most {
            let what = if kind == Kind::Parts { "replies in parts" } else { "calls" };
            return Err(Failure::new(Code::TooMany, Some(format!("{most} {what} are under way"))));
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
        let credit = Arc::new(Semaphore::new(AHEAD));
        under_way.courses.insert(id, Course { kind, stop, credit: Arc::clone(&credit) });
        drop(under_way);
        Ok(Begun { document: Arc::clone(self), id, credit })
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
        let mut under_way = self.under_way();
        under_way.over = true;
        for course in under_way.courses.values().filter(|course| course.kind == Kind::Parts) {
            course.stop.abort();
        }
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something under way; dropped when it is over.
pub(crate) struct Begun {
    document: Arc<Document>,
    id: Id,
    credit: Arc<Semaphore>,
}

impl Begun {
    /// From now on it ends with its document.
    ///
    /// # Errors
    ///
    /// `cancelled` if that is gone already.
    pub(crate) fn goes_on_in_parts(&self) -> Result<(), Failure> {
        let mut under_way = self.document.under_way();
        if under_way.over {
            return Err(Failure::new(Code::Cancelled, None));
        }
        if let Some(course) = under_way.courses.get_mut(&self.id) {
            course.kind = Kind::Parts;
        }
        Ok(())
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
        self.document.under_way().courses.remove(&self.id);
    }
}
