//! What Tauri hands every message to: the gate decides on the names that it knows, and whoever was there before gets the rest.

use std::sync::Arc;

use futures_util::future::{AbortHandle, Abortable};
use portcullis::{
    __private::{ArgumentInfo, Found, Run},
    Code, Failure, Gate, Reply, Request, Session,
};
use tauri::{
    Manager as _, Runtime, Webview,
    ipc::{Invoke, InvokeMessage, JavaScriptChannelId},
    utils::acl::resolved::ResolvedCommand,
};

use crate::{
    answer::{Answer, Errors},
    document::{Begun, Document, Kind, Over},
    documents::{self, Documents},
    incoming::{self, Held, Incoming, Outlet},
    limits::Limits,
    message::{self, Arguments, Asks, Given},
    parts,
    place::Decided,
    plugin,
};

/// A handler in the making. [`GateExt::or`](crate::GateExt::or) is this with what it begins with.
#[derive(Clone, Debug)]
#[must_use = "a handler is made by `or` or `only`"]
pub struct Handler {
    gate: Gate,
    errors: Errors,
    strict: bool,
    limits: Limits,
}

impl Handler {
    /// A handler for the commands of this gate.
    pub fn new(gate: &Gate) -> Self {
        Self { gate: gate.clone(), errors: Errors::default(), strict: false, limits: Limits::default() }
    }

    /// How a plain `invoke` is told of errors.
    pub const fn errors(mut self, errors: Errors) -> Self {
        self.errors = errors;
        self
    }

    /// Refuses a plain `invoke` with an argument that its command does not take, as everything of Portcullis does. Unless this is
    /// said, such an argument is ignored, as Tauri ignores it, and the log says so.
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// How much a page may have under way.
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// A handler that hands on what the gate does not know, and nothing else: what the gate has refused is not asked of another.
    pub fn or<R: Runtime>(
        self,
        others: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
    ) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
        let inner = Inner::new(self);
        move |invoke| {
            let found = inner.found(&invoke);
            if found.is_some() {
                inner.handle(invoke, found);
                true
            } else {
                others(invoke)
            }
        }
    }

    /// A handler for a program whose commands are all behind the gate. A name that it does not know is refused like one that the
    /// caller may not call.
    pub fn only<R: Runtime>(self) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
        let inner = Inner::new(self);
        move |invoke| {
            let found = inner.found(&invoke);
            inner.handle(invoke, found);
            true
        }
    }
}

struct Inner {
    gate: Gate,
    documents: Arc<Documents>,
    errors: Errors,
    strict: bool,
    limits: Limits,
}

/// What is said to a page that is left, or has come back.
const AGAIN: &str = "the page was left before the answer: the command may have run";

/// What is known of a message before it is asked for anything.
struct Caller<'a> {
    session: &'a Session,
    number: usize,
    document: &'a Arc<Document>,
}

impl Inner {
    fn new(handler: Handler) -> Self {
        let Handler { gate, errors, strict, limits } = handler;
        let documents = Documents::of_gate(&gate);
        Self { gate, documents, errors, strict, limits }
    }

    fn found<R: Runtime>(&self, invoke: &Invoke<R>) -> Option<Found> {
        self.gate.authority().found(invoke.message.command())
    }

    fn handle<R: Runtime>(&self, invoke: Invoke<R>, found: Option<Found>) {
        let Invoke { message, resolver, acl } = invoke;
        let asks = Asks::of(message.headers());
        // From here on there is an answer, whatever becomes of it.
        let answer = Answer::new(resolver, asks.as_ref().map_or(Errors::Envelope, |asks| self.errors(asks)));
        self.first(&message);
        let webview = message.webview_ref();
        let which = documents::which(&webview.window_ref());
        let document = self.documents.of(webview, which);
        let place = document.place(Decided::of(acl.as_deref()), message.headers());
        let opened = document.opened(webview.window_ref().label(), place);
        let (session, number) = opened.unwrap_or_else(|| {
            // The window is not held while others are asked.
            let window = webview.window_ref().label().to_owned();
            document.open(&self.gate, (&window, webview.label()), place)
        });
        let caller = Caller { session: &session, number, document: &document };
        match asks {
            Err(wrong) => answer.fail(Code::Invalid, wrong),
            Ok(Asks::More { id }) => {
                document.used(number, id);
                answer.json(b"null".to_vec());
            }
            Ok(Asks::Cancel { id }) => {
                document.cancel(number, id);
                answer.json(b"null".to_vec());
            }
            Ok(Asks::Listen { id, channel }) => {
                let to = Page::new(webview, channel, &document);
                self.listen(&caller, message.command(), (id, to), answer);
            }
            Ok(asks) => self.call(&caller, found, (message, acl), answer, &asks),
        }
    }

    fn errors(&self, asks: &Asks) -> Errors {
        if matches!(asks, Asks::Plain) { self.errors } else { Errors::Envelope }
    }

    /// What has to be done once, and cannot be done before there is a message.
    fn first<R: Runtime>(&self, message: &InvokeMessage<R>) {
        let app = message.webview_ref().app_handle();
        if self.documents.watch() {
            plugin::register(app, &self.documents);
        }
        self.documents.check_once(&self.gate, incoming::states(message));
    }

    fn listen<R: Runtime>(
        &self,
        caller: &Caller<'_>,
        event: &str,
        (id, to): (u64, Page<R>),
        answer: Answer<R>,
    ) {
        let stream = match caller.session.listen(event) {
            Ok(stream) => stream,
            Err(failure) => return answer.give(failure.into()),
        };
        self.spawn(caller, Some(id), Kind::Parts, answer, async move |Going { answer, begun }| {
            answer.json(STREAM.to_vec());
            if let Some(to) = to.open() {
                parts::lines(stream, to, begun).await;
            }
        });
    }

    fn call<R: Runtime>(
        &self,
        caller: &Caller<'_>,
        found: Option<Found>,
        (message, acl): (InvokeMessage<R>, Option<Vec<ResolvedCommand>>),
        answer: Answer<R>,
        asks: &Asks,
    ) {
        let name = match asks {
            Asks::Call { id } | Asks::Open { id, .. } => Some(*id),
            _ => None,
        };
        // Decided before anything is read: who may not call is told so, whatever the message holds.
        let admitted = match caller.session.admit(message.command(), found) {
            Ok(admitted) => admitted,
            Err(failure) => return answer.give(failure.into()),
        };
        if name.is_some_and(|id| caller.document.was_asked(id, message.headers())) {
            return answer.fail(Code::Cancelled, AGAIN);
        }
        let known = admitted.command();
        let arguments = match Arguments::read(message.payload(), known, name.is_some(), self.strict) {
            Ok(arguments) => arguments,
            Err(wrong) => return answer.fail(Code::Invalid, wrong),
        };
        let webview = message.webview_ref();
        let given = channels(webview, &arguments.channels, caller.document);
        let how = match asks {
            Asks::Open { channel, .. } => {
                How::Open { to: Page::new(webview, *channel, caller.document), _given: given }
            }
            _ => How::Plain(given),
        };
        let sends = !arguments.channels.is_empty();
        let is_made = known.arguments.iter().any(ArgumentInfo::is_made);
        let invoke =
            |request: Request<'_>| admitted.invoke(request.attached(arguments.attached)).into_ready();
        let invoked = match (known.run, arguments.given) {
            // What is over when it is back here has no need to keep anything.
            (Run::Sync(_), Given::Payload { ignored }) if !is_made => {
                invoke(Request::parsed(known.name, incoming::object(message.payload()), ignored))
            }
            (_, Given::Text(text)) if !is_made => invoke(Request::shared(known.name, text.into())),
            (_, Given::Payload { ignored }) if !is_made => {
                invoke(Request::kept(known.name, Arc::new(Held::new(message, acl)), ignored))
            }
            (_, given) => {
                let incoming = Arc::new(Incoming::new(message, acl, caller.document.over()));
                let request = match given {
                    Given::Payload { ignored } => {
                        Request::kept(known.name, Arc::clone(&incoming) as _, ignored)
                    }
                    Given::Text(text) => Request::shared(known.name, text.into()),
                };
                invoke(request.with(incoming))
            }
        };
        let running = match invoked {
            Ok(reply @ (Reply::Ok(_) | Reply::Error(_) | Reply::Failed(_) | Reply::Bytes(_))) => {
                return answer.give(reply);
            }
            Ok(reply) => Ok(reply),
            Err(running) => Err(running),
        };
        let (kind, most) = (if sends { Kind::Parts } else { Kind::Call }, self.limits.whole);
        self.spawn(caller, name, kind, answer, async move |going| {
            let reply = match running {
                Ok(reply) => reply,
                Err(running) => running.await,
            };
            carry(reply, how, going, most).await;
        });
    }

    /// Sets something going that may be given up. What cannot begin is answered.
    fn spawn<R: Runtime, F: Future<Output = ()> + Send + 'static>(
        &self,
        caller: &Caller<'_>,
        name: Option<u64>,
        kind: Kind,
        answer: Answer<R>,
        course: impl FnOnce(Going<R>) -> F,
    ) {
        let (stop, stopped) = AbortHandle::new_pair();
        let name = name.map(|id| (caller.number, id));
        match caller.document.begin(name, kind, self.limits, stop) {
            Ok(begun) => {
                let course = course(Going { begun, answer });
                drop(tauri::async_runtime::spawn(Abortable::new(course, stopped)));
            }
            Err(failure) => answer.give(failure.into()),
        }
    }
}

/// Something under way, and what waits for it. Given up, it is first no more, and then answered: a page that has its answer may use
/// the number again.
struct Going<R: Runtime> {
    begun: Begun,
    answer: Answer<R>,
}

/// How a reply in parts reaches its page.
enum How<R: Runtime> {
    /// Through the channel that our client has for it. Those that stand for arguments are let go of when the call is over: the page
    /// forgets them then.
    Open { to: Page<R>, _given: Vec<(&'static str, Outlet)> },
    /// Through those that the page has given, one for each channel of the command.
    Plain(Vec<(&'static str, Outlet)>),
}

/// The channel that our client has for parts. It is opened when there are some: the page is told when it is over, and only then.
struct Page<R: Runtime> {
    webview: Webview<R>,
    channel: u32,
    over: Over,
}

impl<R: Runtime> Page<R> {
    fn new(webview: &Webview<R>, channel: u32, document: &Document) -> Self {
        Self { webview: webview.clone(), channel, over: document.over() }
    }

    fn open(self) -> Option<Outlet> {
        message::numbered(self.channel).map(|id| Outlet::new(self.webview, &id, self.over))
    }
}

fn channels<R: Runtime>(
    webview: &Webview<R>,
    given: &[(&'static str, JavaScriptChannelId)],
    document: &Document,
) -> Vec<(&'static str, Outlet)> {
    given.iter().map(|(name, id)| (*name, Outlet::new(webview.clone(), id, document.over()))).collect()
}

const STREAM: &[u8] = br#"{"stream":true}"#;

async fn carry<R: Runtime>(reply: Reply, how: How<R>, Going { answer, begun }: Going<R>, most: u64) {
    // What has been called for by one page is not told to the next.
    let refused = if matches!(reply, Reply::Stream(_) | Reply::Download(_)) {
        begun.goes_on_in_parts().err()
    } else {
        (!begun.may_be_told()).then(|| Failure::new(Code::Cancelled, None))
    };
    let reply = match (refused, reply, how) {
        (Some(failure), ..) => failure.into(),
        (None, Reply::Stream(stream), How::Open { to, _given }) => {
            answer.json(STREAM.to_vec());
            if let Some(to) = to.open() {
                parts::lines(stream, to, begun).await;
            }
            return;
        }
        (None, Reply::Download(download), How::Open { to, _given }) => {
            answer.json(parts::head(&download));
            if let Some(to) = to.open() {
                parts::download(download, to, begun).await;
            }
            return;
        }
        (None, Reply::Stream(stream), How::Plain(channels)) if !channels.is_empty() => {
            parts::hand_out(stream, channels).await
        }
        (None, Reply::Stream(_), How::Plain(_)) => parts::in_parts(),
        (None, Reply::Download(download), How::Plain(_)) => parts::whole(download, most).await,
        (None, reply, _) => reply,
    };
    drop(begun);
    answer.give(reply);
}
