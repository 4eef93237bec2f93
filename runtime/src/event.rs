//! Events: what a program tells its pages. To listen is guarded as a call is; what is emitted reaches those who hold the
//! permission at that moment, and nobody else.

use std::{
    any::TypeId,
    fmt,
    marker::PhantomData,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use portcullis_policy::label;
use serde::Serialize;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{
    argument::{Host, HostArgument, Unavailable},
    authority::Authority,
    compile::tables::Entry,
    invoke::quietly,
    model::{Command, Run},
    output::unencodable,
    principal::{Kind, Principal},
    session::Session,
    stream::{Line, Lines},
};

/// Something that a program tells its pages. Derived, on a type that is [`Serialize`].
///
/// An event says who may listen, as a command says who may call it: `permission(Type)`, `all_of(A, B)`, `permission` (its
/// own, `allow-<event>`) or `public("reason")`. It is delivered to those who listen and hold that permission at the moment, and to
/// nobody else. Its name is that of the type in `snake_case`, or `name = ".."`.
///
/// ```
/// use portcullis::{Event, prelude::*};
/// use serde::Serialize;
///
/// /// Read notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:read")]
/// pub struct ReadNotes;
///
/// /// A note is another than it was: `note_changed` on the wire.
/// #[derive(Serialize, Event)]
/// #[event(permission(ReadNotes))]
/// pub struct NoteChanged {
///     pub id: u32,
/// }
/// ```
///
/// The program lists it (`events: [NoteChanged]` in [`authority!`](crate::authority)) and emits it by an [`Emitter`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    note = "#[derive(Serialize, Event)] #[event(permission(SomePermission))] pub struct NoteChanged {{ .. }}"
)]
pub trait Event: Serialize + 'static {
    #[doc(hidden)]
    const INFO: &'static Command;
}

/// How many of an event are kept for a listener that does not keep up. After that the oldest are lost, and it is told so.
const KEPT: usize = 256;

/// Emits an event: an argument of a command, or from [`Gate::emitter`](crate::Gate::emitter). Cheap to clone.
///
/// ```
/// use portcullis::{Emitter, Event, prelude::*};
/// use serde::Serialize;
///
/// /// Change notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:write")]
/// pub struct WriteNotes;
///
/// /// A note is another than it was.
/// #[derive(Serialize, Event)]
/// #[event(public("shows which note to read again, and nothing of it"))]
/// pub struct NoteChanged {
///     id: u32,
/// }
///
/// #[command(permission(WriteNotes))]
/// fn save_note(id: u32, text: &str, changed: Emitter<NoteChanged>) {
///     changed.emit(&NoteChanged { id });
/// }
/// ```
pub struct Emitter<E> {
    topic: Arc<Topic>,
    event: PhantomData<fn(&E)>,
}

impl<E: Event> Emitter<E> {
    /// Tells everybody who listens and may.
    pub fn emit(&self, event: &E) {
        self.send(event, None);
    }

    /// Tells the windows and clients whose label matches, of those who listen and may: `viewer-1`, or `viewer-*`.
    pub fn emit_to(&self, label: &str, event: &E) {
        self.send(event, Some(label.into()));
    }

    /// One that no gate knows of, and what it emits.
    pub(crate) fn alone(room: usize) -> (Self, broadcast::Receiver<Arc<Emitted>>) {
        let (emitted, heard) = broadcast::channel(room);
        (Self { topic: Arc::new(Topic { emitted }), event: PhantomData }, heard)
    }

    fn send(&self, event: &E, to: Option<Box<str>>) {
        if self.topic.emitted.receiver_count() == 0 {
            return;
        }
        let mut line = vec![b'i'];
        match serde_json::to_writer(&mut line, event) {
            Ok(()) => {
                line.push(b'\n');
                let emitted = Arc::new(Emitted { line, to, at: moment() });
                // It fails if the last listener has just gone. That a listener's executor fails to wake it is not for who emits.
                quietly(|| drop(self.topic.emitted.send(emitted)));
            }
            Err(error) => {
                let _ = unencodable(&error, std::any::type_name::<E>());
            }
        }
    }
}

impl<E> Clone for Emitter<E> {
    fn clone(&self) -> Self {
        Self { topic: Arc::clone(&self.topic), event: PhantomData }
    }
}

impl<E: Event> fmt::Debug for Emitter<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Emitter({})", E::INFO.name)
    }
}

impl<'a, E: Event> HostArgument<'a> for Emitter<E> {
    const EMITS: Option<&'static Command> = Some(E::INFO);
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.session.gate().topics.emitter().map_err(|error| Unavailable::because(error.to_string()))
    }
}

/// The program does not list the event.
#[derive(Debug)]
pub struct NotListed(&'static str);

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event `{}` is not listed: write its type into `events: [..]` of `authority!`", self.0)
    }
}

impl std::error::Error for NotListed {}

/// Everything that is emitted of one event.
struct Topic {
    emitted: broadcast::Sender<Arc<Emitted>>,
}

/// What was emitted, as a line, and for whom.
pub(crate) struct Emitted {
    line: Vec<u8>,
    to: Option<Box<str>>,
    at: u64,
}

/// A moment, later than all before: what is emitted and what is switched on follow each other.
pub(crate) fn moment() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(1);
    NOW.fetch_add(1, Ordering::SeqCst)
}

impl Emitted {
    /// The event, without what makes it a line.
    pub(crate) fn json(&self) -> &[u8] {
        self.line.strip_prefix(b"i").unwrap_or_default()
    }

    /// Whether somebody may hear it: now, and when it was emitted, since who is slow to ask may have been without the
    /// permission in between.
    fn may_be_heard(&self, session: &Session, entry: &Entry) -> bool {
        self.is_for(session.principal()) && session.holds(entry) && session.has_held_since(self.at, entry)
    }

    fn is_for(&self, principal: &Principal) -> bool {
        let Some(to) = &self.to else { return true };
        match &principal.0 {
            Kind::Window { window, webview, .. } => label::matches(to, window) || label::matches(to, webview),
            Kind::Client(name) => label::matches(to, name),
        }
    }
}

/// The events of a gate, by their type.
pub(crate) struct Topics(Vec<(TypeId, Arc<Topic>)>);

impl Topics {
    pub(crate) fn of(authority: &Authority) -> Self {
        let topic = |entry: &Entry| match entry.command.run {
            Run::Event(id) => Some((id, Arc::new(Topic { emitted: broadcast::Sender::new(KEPT) }))),
            _ => None,
        };
        let mut topics: Vec<_> = authority.entries().filter_map(topic).collect();
        topics.sort_unstable_by_key(|(id, _)| *id);
        Self(topics)
    }

    fn find(&self, id: TypeId) -> Option<&Arc<Topic>> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.0.get(at).map(|(_, topic)| topic)
    }

    pub(crate) fn emitter<E: Event>(&self) -> Result<Emitter<E>, NotListed> {
        match self.find(TypeId::of::<E>()) {
            Some(topic) => Ok(Emitter { topic: Arc::clone(topic), event: PhantomData }),
            None => Err(NotListed(E::INFO.name)),
        }
    }
}

/// One listener of an event.
pub(crate) struct Listener {
    session: Session,
    entry: &'static Entry,
    state: State,
}

type Received = (Result<Arc<Emitted>, RecvError>, broadcast::Receiver<Arc<Emitted>>);

enum State {
    Ready(broadcast::Receiver<Arc<Emitted>>),
    Waiting(Pin<Box<dyn Future<Output = Received> + Send>>),
    Over,
}

impl Listener {
    pub(crate) fn new(session: &Session, entry: &'static Entry) -> Option<Self> {
        let Run::Event(id) = entry.command.run else { return None };
        let emitted = session.gate().topics.find(id)?.emitted.subscribe();
        Some(Self { session: session.clone(), entry, state: State::Ready(emitted) })
    }

    fn poll_emitted(&mut self, context: &mut Context<'_>) -> Poll<Result<Arc<Emitted>, RecvError>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Ready(mut emitted) => {
                    self.state = State::Waiting(Box::pin(async move { (emitted.recv().await, emitted) }));
                }
                State::Waiting(mut waiting) => {
                    let Poll::Ready((received, emitted)) = waiting.as_mut().poll(context) else {
                        self.state = State::Waiting(waiting);
                        return Poll::Pending;
                    };
                    self.state = State::Ready(emitted);
                    return Poll::Ready(received);
                }
                State::Over => return Poll::Ready(Err(RecvError::Closed)),
            }
        }
    }
}

impl Lines for Listener {
    fn poll_lines(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut Vec<u8>,
        _: usize,
    ) -> Poll<Line> {
        loop {
            match ready!(self.poll_emitted(context)) {
                Ok(emitted) => {
                    if emitted.may_be_heard(&self.session, self.entry) {
                        into.extend_from_slice(&emitted.line);
                        return Poll::Ready(Line::More);
                    }
                }
                // Whoever may not listen now is not told how much there was to hear.
                Err(RecvError::Lagged(_)) if !self.session.holds(self.entry) => {}
                Err(RecvError::Lagged(lost)) => {
                    into.extend_from_slice(format!("g{lost}\n").as_bytes());
                    return Poll::Ready(Line::More);
                }
                Err(RecvError::Closed) => {
                    into.extend_from_slice(b"z\n");
                    return Poll::Ready(Line::Last);
                }
            }
        }
    }
}
