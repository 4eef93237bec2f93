//! A client within the process: calls commands as any principal, without a transport. What is answered is an
//! [`Outcome`].

use std::{fmt, time::Duration};

use serde::Serialize;

use super::{called::Called, outcome::Outcome, watch::Watch};
use crate::{
    denial::Denial,
    gate::Gate,
    principal::Principal,
    reply::Reply,
    request::{Attachment, Request},
    session::Session,
};

/// Calls commands as this principal, in a test: by their names on the wire, through the decision, the scopes and the
/// encoding, as an adapter does, and without a transport.
///
/// ```
/// use portcullis::{prelude::*, test};
/// use serde_json::json;
///
/// # #[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
/// # struct Note { id: u32, text: String }
/// #[command(public("an example"))]
/// async fn read_note(id: u32) -> Result<Note, String> {
///     if id == 1 { Ok(Note { id, text: "milk".into() }) } else { Err(format!("no note {id}")) }
/// }
///
/// static AUTHORITY: Authority = authority! { commands: [read_note], windows: ["main"] };
///
/// # fn main() -> Result<(), portcullis::BuildError> {
/// let gate = Gate::new(&AUTHORITY).build()?;
/// let main = test::client(&gate, Principal::window("main"));
///
/// let note: Note = main.call("read_note", json!({ "id": 1 })).expect_ok();
/// assert_eq!(note.text, "milk");
/// let error: String = main.call("read_note", json!({ "id": 2 })).expect_error();
/// assert_eq!(error, "no note 2");
///
/// let other = test::client(&gate, Principal::window("other"));
/// let _why: portcullis::Reason = other.call("read_note", json!({ "id": 1 })).expect_denied();
/// # Ok(())
/// # }
/// ```
pub fn client(gate: &Gate, principal: Principal) -> Client {
    let watch = Watch::default();
    let session = Session::unreported(gate, principal).with(watch.clone());
    Client { session, watch, patience: PATIENCE }
}

/// How long a plain test waits for a command.
const PATIENCE: Duration = Duration::from_mins(1);

/// A caller of commands, in a test: made by [`client`]. Cheap to clone: the clones are one session.
#[derive(Clone)]
#[must_use = "a client does nothing until it calls"]
pub struct Client {
    session: Session,
    watch: Watch,
    patience: Duration,
}

impl Client {
    /// Gives its session a value of its own, which commands may take as `State<'_, T>`. It also stands for what an
    /// adapter would give with each call.
    ///
    /// Clones that were made before do not see it.
    pub fn with<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.session = self.session.with(value);
        self
    }

    /// How long [`call`](Self::call) waits for a command that is asynchronous: 60 seconds, unless this is said.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Its session: to switch on what capabilities have as `optional`, say, or to ask
    /// [`may_call`](Session::may_call).
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Who it is.
    pub fn principal(&self) -> &Principal {
        self.session.principal()
    }

    /// Calls a command, and waits for its answer on this thread. The arguments are an object with a key for each, or
    /// `()` for none.
    ///
    /// A command that needs an executor of its own is called with [`call_async`](Self::call_async), in that.
    ///
    /// # Panics
    ///
    /// If the arguments cannot be serialized, or if a command that is asynchronous has not ended in time
    /// ([`patience`](Self::patience)).
    #[track_caller]
    pub fn call(&self, command: &str, arguments: impl Serialize) -> Outcome {
        self.send(command, &encoded(command, &arguments))
    }

    /// As [`call`](Self::call), with the bytes of a message as they are: to try what is no JSON.
    ///
    /// # Panics
    ///
    /// As `call`.
    #[track_caller]
    pub fn send(&self, command: &str, arguments: &[u8]) -> Outcome {
        self.invoke(command, Request::json(command, arguments))
    }

    /// As [`call`](Self::call), with raw bytes beside the arguments. In those, the value of a byte argument is its
    /// length (`null` for an [`Upload`](crate::Upload)); the bytes follow each other in the order of the signature.
    ///
    /// ```
    /// use portcullis::{Attachment, Bytes, prelude::*, test};
    /// use serde_json::json;
    ///
    /// #[command(public("an example"))]
    /// fn reversed(data: Bytes) -> Bytes {
    ///     data.iter().rev().copied().collect::<Vec<u8>>().into()
    /// }
    /// # static AUTHORITY: Authority = authority! { commands: [reversed], windows: ["main"] };
    /// # let gate = Gate::new(&AUTHORITY).build()?;
    ///
    /// let main = test::client(&gate, Principal::window("main"));
    /// let bytes = Attachment::Whole(bytes::Bytes::from_static(b"abc"));
    /// let back = main.call_attached("reversed", json!({ "data": 3 }), bytes).expect_bytes();
    /// assert_eq!(*back, *b"cba");
    /// # Ok::<(), portcullis::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// As `call`.
    #[track_caller]
    pub fn call_attached(&self, command: &str, arguments: impl Serialize, bytes: Attachment) -> Outcome {
        let arguments = encoded(command, &arguments);
        self.invoke(command, Request::json(command, &arguments).attached(bytes))
    }

    /// Listens to an event: what it brings are [`items`](super::Parts::expect_item) of [`Outcome::parts`].
    ///
    /// ```
    /// use portcullis::{Event, prelude::*, test};
    ///
    /// /// A note is another than it was.
    /// #[derive(serde::Serialize, serde::Deserialize, Event)]
    /// #[event(public("shows which note to read again"))]
    /// pub struct NoteChanged {
    ///     id: u32,
    /// }
    ///
    /// static AUTHORITY: Authority = authority! { commands: [], events: [NoteChanged], windows: ["main"] };
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let gate = Gate::new(&AUTHORITY).build()?;
    /// let mut heard = test::client(&gate, Principal::window("main")).listen("note_changed").parts();
    /// gate.emitter::<NoteChanged>()?.emit(&NoteChanged { id: 7 });
    /// assert_eq!(heard.expect_item::<NoteChanged>().id, 7);
    /// heard.expect_nothing();
    ///
    /// test::client(&gate, Principal::window("other")).listen("note_changed").expect_denied();
    /// # Ok(())
    /// # }
    /// ```
    pub fn listen(&self, event: &str) -> Outcome {
        let reply = self.session.listen(event).map_or_else(Reply::Failed, Reply::Stream);
        Outcome::new(self.called(event), reply)
    }

    /// Calls a command within an executor: `#[tokio::test]`, say.
    ///
    /// ```
    /// # use portcullis::{prelude::*, test};
    /// # #[command(public("an example"))]
    /// # async fn add(a: u32, b: u32) -> u32 { a + b }
    /// # static AUTHORITY: Authority = authority! { commands: [add], windows: ["main"] };
    /// # let gate = Gate::new(&AUTHORITY).build()?;
    /// # test::block_on(async {
    /// let main = test::client(&gate, Principal::window("main"));
    /// let sum: u32 = main.call_async("add", serde_json::json!({ "a": 1, "b": 2 })).await.expect_ok();
    /// assert_eq!(sum, 3);
    /// # });
    /// # Ok::<(), portcullis::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// If the arguments cannot be serialized.
    pub async fn call_async(&self, command: &str, arguments: impl Serialize) -> Outcome {
        let arguments = encoded(command, &arguments);
        let reply = self.session.invoke(Request::json(command, &arguments)).await;
        Outcome::new(self.called(command), reply)
    }

    /// All that was refused to this client, in order: as the gate tells `on_denial`. Also what a command was refused
    /// when it used what had been admitted.
    #[must_use]
    pub fn denials(&self) -> Vec<Denial> {
        self.watch.seen()
    }

    #[track_caller]
    fn invoke(&self, command: &str, request: Request<'_>) -> Outcome {
        let called = self.called(command);
        let reply = called.wait(self.session.invoke(request), "answered");
        Outcome::new(called, reply)
    }

    fn called(&self, command: &str) -> Called {
        let Self { session, watch, patience } = self.clone();
        Called { command: command.to_owned(), session, watch, patience }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(self.principal()).finish()
    }
}

/// The message: nothing for `()`.
#[track_caller]
#[expect(clippy::panic, reason = "a test that is wrong must not pass")]
fn encoded(command: &str, arguments: &impl Serialize) -> Vec<u8> {
    match serde_json::to_vec(arguments) {
        Ok(json) if json == b"null" => Vec::new(),
        Ok(json) => json,
        Err(error) => panic!("the arguments for `{command}` cannot be serialized: {error}"),
    }
}
