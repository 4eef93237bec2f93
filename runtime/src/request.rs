//! One message of a caller: which command, its arguments, and the raw bytes beside them. What becomes of it is in
//! `session` and `invoke`.

use std::{fmt, sync::Arc};

use bytes::Bytes;

#[cfg(feature = "parsed")]
use crate::argument::parsed::{Ignored, Keeps, Object, Parsed, Values};
use crate::{argument::Given, invoke::quietly, raw::Upload};

/// One message: which command, and its arguments.
#[must_use]
pub struct Request<'a> {
    pub(crate) command: &'a str,
    pub(crate) arguments: Arguments<'a>,
    /// What most calls do not have: a plain one stays small.
    pub(crate) more: Option<Box<More>>,
}

/// What comes with a message beside its text.
#[derive(Default)]
pub(crate) struct More {
    pub(crate) attachment: Attachment,
    pub(crate) given: Option<Arc<Given>>,
}

impl More {
    pub(crate) fn take(&mut self) -> (Attachment, Option<Arc<Given>>) {
        (std::mem::take(&mut self.attachment), self.given.take())
    }
}

/// Of a message that is refused, say: it is the adapter's, and may panic when it goes.
impl Drop for More {
    fn drop(&mut self) {
        let (attachment, given) = self.take();
        quietly(move || drop(attachment));
        quietly(move || drop(given));
    }
}

/// The arguments, as they are given: a text mostly.
pub(crate) enum Arguments<'a> {
    Lent(&'a [u8]),
    Shared(Bytes),
    #[cfg(feature = "parsed")]
    Parsed(Values<'a>),
}

/// The arguments, as they are read.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    Text(&'a [u8]),
    #[cfg(feature = "parsed")]
    Parsed(Parsed<'a>),
}

impl Arguments<'_> {
    pub(crate) fn body(&self) -> Body<'_> {
        match self {
            Self::Lent(bytes) => Body::Text(bytes),
            Self::Shared(bytes) => Body::Text(bytes),
            #[cfg(feature = "parsed")]
            Self::Parsed(values) => Body::Parsed(values.parsed()),
        }
    }

    /// For a call that outlives the message: copies what is only lent.
    pub(crate) fn kept(self) -> Arguments<'static> {
        match self {
            Self::Lent(bytes) => Arguments::Shared(Bytes::copy_from_slice(bytes)),
            Self::Shared(bytes) => Arguments::Shared(bytes),
            #[cfg(feature = "parsed")]
            Self::Parsed(values) => Arguments::Parsed(values.keep()),
        }
    }
}

/// The raw bytes that come with a message, outside of its JSON.
///
/// The value of a byte argument in the JSON is its length; the bytes of all of them follow each other here, in the
/// order in which the JSON names them.
#[derive(Debug, Default)]
pub enum Attachment {
    /// None.
    #[default]
    None,
    /// All of them, for arguments of type [`Bytes`](crate::Bytes).
    Whole(Bytes),
    /// As they arrive, for an argument of type [`Upload`].
    Stream(Upload),
}

impl Attachment {
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

impl<'a> Request<'a> {
    /// A call with its arguments as a JSON object. No bytes are no arguments.
    pub fn json(command: &'a str, arguments: &'a [u8]) -> Self {
        Self::new(command, Arguments::Lent(arguments))
    }

    /// As [`json`](Self::json), with a text that a call may keep without copying it: one that runs on another thread, or
    /// that outlives the message.
    pub fn shared(command: &'a str, arguments: Bytes) -> Self {
        Self::new(command, Arguments::Shared(arguments))
    }

    /// As [`json`](Self::json), of values that have been parsed already. Entries that no argument has the name of are ignored if there is
    /// somebody to be told of them.
    #[cfg(feature = "parsed")]
    #[doc(hidden)]
    pub fn parsed(command: &'a str, object: Option<&'a Object>, ignored: Option<Ignored>) -> Self {
        Self::new(command, Arguments::Parsed(Values::lent(object, ignored)))
    }

    /// As [`shared`](Self::shared), of values that have been parsed already.
    #[cfg(feature = "parsed")]
    #[doc(hidden)]
    pub fn kept(command: &'a str, keeps: Arc<dyn Keeps>, ignored: Option<Ignored>) -> Self {
        Self::new(command, Arguments::Parsed(Values::kept(keeps, ignored)))
    }

    fn new(command: &'a str, arguments: Arguments<'a>) -> Self {
        Self { command, arguments, more: None }
    }

    /// The arguments, if they are a text that is lent for as long as the call may take.
    pub(crate) fn lent(&self) -> Option<Body<'a>> {
        match self.arguments {
            Arguments::Lent(bytes) => Some(Body::Text(bytes)),
            Arguments::Shared(_) => None,
            #[cfg(feature = "parsed")]
            Arguments::Parsed(_) => None,
        }
    }

    /// Gives the call raw bytes beside its arguments.
    pub fn attached(mut self, attachment: Attachment) -> Self {
        if !attachment.is_none() {
            self.more().attachment = attachment;
        }
        self
    }

    /// Gives the call a value of its own, for host arguments. For adapters: `GateBuilder::per_call` announces it.
    pub fn with<T: Send + Sync + 'static>(mut self, given: Arc<T>) -> Self {
        self.more().given = Some(given);
        self
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Arguments may be secrets: they do not get into logs by way of `{:?}`.
        let mut shown = f.debug_struct("Request");
        shown.field("command", &self.command);
        match self.arguments.body() {
            Body::Text(text) => shown.field("bytes", &text.len()),
            #[cfg(feature = "parsed")]
            Body::Parsed(parsed) => shown.field("entries", &parsed.object.map_or(0, Object::len)),
        };
        shown.finish_non_exhaustive()
    }
}
