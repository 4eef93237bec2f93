//! What came of a call in a test: the result, the command's own error, or a failure; and words for what came instead of
//! what a test expects.

use std::{any::type_name, fmt, future::poll_fn, io, pin::Pin};

use futures_core::Stream as _;
use serde::de::DeserializeOwned;

use super::{
    called::{Called, shown},
    reading::Parts,
};
use crate::{
    denial::{Denial, Reason},
    raw::{Bytes, Download},
    reply::{Code, Failure, Reply},
};

/// What came of a call. A test says what it expects, and reads what came instead if it is something else.
#[must_use = "a test says what it expects: `expect_ok`, `expect_error`, `expect_denied`"]
pub struct Outcome {
    called: Called,
    reply: Reply,
    denial: Option<Denial>,
}

/// An [`Outcome`], decoded: the three that a page can tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T, E> {
    /// The command returned this.
    Ok(T),
    /// The command returned this error, of its own type.
    Error(E),
    /// The call did not come to a result.
    Failed(Failure),
}

impl Outcome {
    pub(super) fn new(called: Called, reply: Reply) -> Self {
        let denial = reply.failure().and_then(|failure| called.denial(failure.id()));
        Self { called, reply, denial }
    }

    /// The value that the command returned: `()` if it returns nothing.
    ///
    /// # Panics
    ///
    /// If it returned an error, if the call failed, or if the value is of another type.
    #[track_caller]
    pub fn expect_ok<T: DeserializeOwned>(self) -> T {
        match &self.reply {
            Reply::Ok(json) => self.called.decoded("returned", json),
            _ => self.unexpected(&format!("to return a `{}`", type_name::<T>())),
        }
    }

    /// The error of its own type that the command returned.
    ///
    /// # Panics
    ///
    /// If it returned a value, if the call failed, or if the error is of another type.
    #[track_caller]
    pub fn expect_error<E: DeserializeOwned>(self) -> E {
        match &self.reply {
            Reply::Error(json) => self.called.decoded("failed with", json),
            _ => self.unexpected(&format!("to fail with a `{}`", type_name::<E>())),
        }
    }

    /// The raw bytes that the command returned: a [`Bytes`], or all of a [`Download`], which is waited for on this thread.
    ///
    /// # Panics
    ///
    /// If it returned anything else, or if a download breaks off or does not end in time.
    #[track_caller]
    #[must_use]
    #[expect(clippy::panic, reason = "a test that is wrong must not pass")]
    pub fn expect_bytes(self) -> Bytes {
        match self.reply {
            Reply::Bytes(bytes) => bytes,
            Reply::Download(download) => {
                match self.called.wait(whole(download), "sent the whole of its download") {
                    Ok(bytes) => bytes.into(),
                    Err(error) => panic!(
                        "the download of `{}` called by {} broke off: {error}",
                        self.called.command,
                        self.called.principal()
                    ),
                }
            }
            _ => self.unexpected("to return bytes"),
        }
    }

    /// The parts of a reply that comes in parts: what a command streams, what it sends through its channels, or what
    /// an event brings. Any other reply is one without parts, which [`Parts::end`] gives back.
    pub fn parts(self) -> Parts {
        Parts::new(self)
    }

    /// Why the authority has refused: the whole reason, which the host alone is told.
    ///
    /// # Panics
    ///
    /// If it was not refused. Also if there is no command, or event, of this name: a page is answered the same, and a test that
    /// misspells a name must not pass ([`expect_unknown`](Self::expect_unknown) is for that).
    #[track_caller]
    pub fn expect_denied(self) -> Reason {
        match (self.reply.failure().map(Failure::code), &self.denial) {
            (Some(Code::Denied), Some(denial)) if !denial.reason.is_unknown() => denial.reason.clone(),
            _ => self.unexpected("to be denied"),
        }
    }

    /// That there is no command, or event, of this name.
    ///
    /// # Panics
    ///
    /// If there is one.
    #[track_caller]
    pub fn expect_unknown(self) {
        match &self.denial {
            Some(denial) if denial.reason.is_unknown() => {}
            _ => self.unexpected("to be unknown"),
        }
    }

    /// The failure of this kind: `Code::Invalid` for arguments that the command does not take, say.
    ///
    /// # Panics
    ///
    /// If the call did not fail, or in another way.
    #[track_caller]
    pub fn expect_failed(self, code: Code) -> Failure {
        match &self.reply {
            Reply::Failed(failure) if failure.code() == code => failure.clone(),
            _ => self.unexpected(&format!("to fail with the code `{code}`")),
        }
    }

    /// The three that a page can tell apart, to match on.
    ///
    /// # Panics
    ///
    /// If the value or the error is of another type, or the reply is no JSON.
    #[track_caller]
    #[must_use]
    pub fn decode<T: DeserializeOwned, E: DeserializeOwned>(self) -> Answer<T, E> {
        match &self.reply {
            Reply::Ok(json) => Answer::Ok(self.called.decoded("returned", json)),
            Reply::Error(json) => Answer::Error(self.called.decoded("failed with", json)),
            Reply::Failed(failure) => Answer::Failed(failure.clone()),
            Reply::Bytes(_) | Reply::Download(_) | Reply::Stream(_) => {
                self.unexpected("to answer with JSON that is whole")
            }
        }
    }

    /// The reply, as an adapter would carry it.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// As [`reply`](Self::reply), to keep: a download to read within an executor, say.
    pub fn into_reply(self) -> Reply {
        self.reply
    }

    /// Why it was refused, if it was.
    pub fn reason(&self) -> Option<&Reason> {
        self.denial.as_ref().map(|denial| &denial.reason)
    }

    pub(super) fn into_called(self) -> (Called, Reply) {
        (self.called, self.reply)
    }

    #[track_caller]
    fn unexpected(&self, expected: &str) -> ! {
        self.called.unexpected(expected, &self.to_string())
    }
}

async fn whole(mut download: Download) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(part) = poll_fn(|context| Pin::new(&mut download).poll_next(context)).await {
        all.extend_from_slice(&part?);
    }
    Ok(all)
}

/// What came, fit to follow "the call": `returned 3`, `was denied: ..`.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = match &self.reply {
            Reply::Ok(json) => return write!(f, "returned: {}", shown(json)),
            Reply::Error(json) => return write!(f, "failed with its own error: {}", shown(json)),
            Reply::Bytes(bytes) => {
                return write!(f, "returned {} raw bytes: see `expect_bytes`", bytes.len());
            }
            Reply::Download(_) => return f.write_str("returned a download: see `expect_bytes`"),
            Reply::Stream(_) => return f.write_str("answers in parts: see `parts`"),
            Reply::Failed(failure) => failure,
        };
        // What a scope does not take at all is answered as `invalid`, and has a reason too.
        if let Some(Denial { reason, .. }) = &self.denial {
            return match failure.code() {
                Code::Denied => write!(f, "was denied: {reason}"),
                code => write!(f, "was refused as `{code}`: {reason}"),
            };
        }
        match failure.code() {
            Code::Panicked => f.write_str(
                "panicked: its message is above\n\
                 help: if it needs an executor, call it in one: `client.call_async(..).await` in a `#[tokio::test]`",
            ),
            Code::Internal => f.write_str("could not be carried out by the host: see what is told above"),
            code => match failure.message() {
                Some(message) => write!(f, "failed with the code `{code}`: {message}"),
                None => write!(f, "failed with the code `{code}`"),
            },
        }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("command", &self.called.command)
            .field("principal", self.called.principal())
            .field("reply", &self.reply)
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}
