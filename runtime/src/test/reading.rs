//! A reply that comes in parts, as a test reads it: items, what comes through channels, and how it ended.

use std::{
    fmt,
    future::poll_fn,
    task::{Context, Poll, Waker},
};

use serde::de::DeserializeOwned;

use super::{
    called::{Called, shown},
    outcome::Outcome,
};
use crate::{
    reply::{Code, Failure, Reply},
    stream::Stream,
};

/// The parts of a reply: made by [`Outcome::parts`]. Whatever waits, waits on this thread, as long as the
/// [`patience`](super::Client::patience) of the client.
///
/// ```
/// use portcullis::{Channel, prelude::*, test};
/// use serde_json::json;
///
/// #[command(public("an example"))]
/// async fn count(to: u32, progress: Channel<u32>) -> String {
///     for number in 1..=to {
///         let _ = progress.send(&number).await;
///     }
///     "done".into()
/// }
///
/// static AUTHORITY: Authority = authority! { commands: [count], windows: ["main"] };
///
/// # fn main() -> Result<(), portcullis::BuildError> {
/// let gate = Gate::new(&AUTHORITY).build()?;
/// let main = test::client(&gate, Principal::window("main"));
/// let mut parts = main.call("count", json!({ "to": 3 })).parts();
/// assert_eq!(parts.sent::<u32>("progress"), [1, 2, 3]);
/// assert_eq!(parts.end().expect_ok::<String>(), "done");
/// # Ok(())
/// # }
/// ```
///
/// Dropping it gives the call up, as a page does that aborts it.
#[must_use = "what nobody reads does not go on"]
pub struct Parts {
    called: Called,
    state: State,
}

enum State {
    Going(Stream),
    Over(Reply),
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// An item of a stream, or what an event brings: JSON.
    Item(String),
    /// An item of a channel.
    Sent {
        /// The argument of the command, by its name on the wire.
        channel: String,
        /// JSON.
        item: String,
    },
    /// So many events were lost, since they were not read in time.
    Lost(u64),
}

impl Parts {
    pub(super) fn new(outcome: Outcome) -> Self {
        let (called, reply) = outcome.into_called();
        let state = match reply {
            Reply::Stream(stream) => State::Going(stream),
            whole => State::Over(whole),
        };
        Self { called, state }
    }

    /// The next part, which is an item of a stream, or what an event brings.
    ///
    /// # Panics
    ///
    /// If there is none, in time; if it is another part; or if the item is of another type.
    #[track_caller]
    #[must_use]
    pub fn expect_item<T: DeserializeOwned>(&mut self) -> T {
        match self.wait() {
            Some(Part::Item(json)) => self.called.decoded("gave as an item", json.as_bytes()),
            other => self.unexpected("to go on with an item", other.as_ref()),
        }
    }

    /// The next part, which is an item of the channel of this name.
    ///
    /// # Panics
    ///
    /// As [`expect_item`](Self::expect_item).
    #[track_caller]
    #[must_use]
    pub fn expect_sent<T: DeserializeOwned>(&mut self, channel: &str) -> T {
        match self.wait() {
            Some(Part::Sent { channel: name, item }) if name == channel => self.decoded(channel, &item),
            other => self.unexpected(&format!("to send an item through `{channel}`"), other.as_ref()),
        }
    }

    /// All items, to the end.
    ///
    /// # Panics
    ///
    /// If the end does not come in time; or as [`expect_item`](Self::expect_item) for what is no such item.
    #[track_caller]
    #[must_use]
    pub fn items<T: DeserializeOwned>(&mut self) -> Vec<T> {
        let mut items = Vec::new();
        while let Some(part) = self.wait() {
            match part {
                Part::Item(json) => items.push(self.called.decoded("gave as an item", json.as_bytes())),
                other => self.unexpected("to go on with items", Some(&other)),
            }
        }
        items
    }

    /// All items of the channel of this name, to the end. Other parts are passed over.
    ///
    /// # Panics
    ///
    /// If the end does not come in time; or if an item is of another type.
    #[track_caller]
    #[must_use]
    pub fn sent<T: DeserializeOwned>(&mut self, channel: &str) -> Vec<T> {
        let mut items = Vec::new();
        while let Some(part) = self.wait() {
            if let Part::Sent { channel: name, item } = part
                && name == channel
            {
                items.push(self.decoded(channel, &item));
            }
        }
        items
    }

    /// That there is no part now, and no end.
    ///
    /// # Panics
    ///
    /// If there is.
    #[track_caller]
    pub fn expect_nothing(&mut self) {
        if let Poll::Ready(part) = self.poll(&mut Context::from_waker(Waker::noop())) {
            self.unexpected("to go on and to have nothing to say for now", part.as_ref());
        }
    }

    /// How the call ended, past all parts that are left. Of a stream without an error, the value is `()`.
    ///
    /// # Panics
    ///
    /// If the end does not come in time.
    #[track_caller]
    pub fn end(mut self) -> Outcome {
        while self.wait().is_some() {}
        match self.state {
            State::Over(reply) => Outcome::new(self.called, reply),
            // Past the last part there is an end; this is what is said of one that cannot be.
            State::Going(stream) => Outcome::new(self.called, Reply::Stream(stream)),
        }
    }

    /// As [`next`](Iterator::next), within an executor.
    pub async fn next_async(&mut self) -> Option<Part> {
        poll_fn(|context| self.poll(context)).await
    }

    #[track_caller]
    fn wait(&mut self) -> Option<Part> {
        let called = self.called.clone();
        called.wait(poll_fn(|context| self.poll(context)), "gone on")
    }

    /// One part, or none at the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Part>> {
        let State::Going(stream) = &mut self.state else { return Poll::Ready(None) };
        let mut line = Vec::new();
        // With so little room, it is one line.
        let Poll::Ready(_) = stream.poll_lines(context, &mut line, 1) else { return Poll::Pending };
        match read(&line) {
            Read::Part(part) => Poll::Ready(Some(part)),
            Read::End(reply) => {
                self.state = State::Over(reply);
                Poll::Ready(None)
            }
        }
    }

    #[track_caller]
    fn decoded<T: DeserializeOwned>(&self, channel: &str, item: &str) -> T {
        self.called.decoded(&format!("sent through `{channel}`"), item.as_bytes())
    }

    #[track_caller]
    fn unexpected(&self, expected: &str, part: Option<&Part>) -> ! {
        let came = match part {
            Some(part) => part.to_string(),
            None => "came to its end".to_owned(),
        };
        self.called.unexpected(expected, &came)
    }
}

/// Waits for each part on this thread. `None` is the end: [`Parts::end`] says which.
impl Iterator for Parts {
    type Item = Part;
    fn next(&mut self) -> Option<Part> {
        self.wait()
    }
}

/// A line of a reply in parts.
enum Read {
    Part(Part),
    End(Reply),
}

fn read(line: &[u8]) -> Read {
    let (kind, rest) = line.strip_suffix(b"\n").unwrap_or(line).split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest);
    let broken = || Read::End(Failure::new(Code::Internal, None).into());
    match kind {
        b'i' => Read::Part(Part::Item(text.into_owned())),
        b'c' => match text.split_once(' ') {
            Some((channel, item)) => {
                Read::Part(Part::Sent { channel: channel.to_owned(), item: item.to_owned() })
            }
            None => broken(),
        },
        b'g' => text.parse().map_or_else(|_| broken(), |lost| Read::Part(Part::Lost(lost))),
        b'z' => Read::End(Reply::Ok(b"null".to_vec())),
        b'o' => Read::End(Reply::Ok(rest.to_vec())),
        b'e' => Read::End(Reply::Error(rest.to_vec())),
        b'f' => Failure::read(rest).map_or_else(broken, |failure| Read::End(failure.into())),
        _ => broken(),
    }
}

/// What came, fit to follow "the call".
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(json) => write!(f, "gave an item: {}", shown(json.as_bytes())),
            Self::Sent { channel, item } => {
                write!(f, "sent an item through `{channel}`: {}", shown(item.as_bytes()))
            }
            Self::Lost(lost) => write!(f, "has lost {lost} events, which were not read in time"),
        }
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("command", &self.called.command)
            .field("is_over", &matches!(self.state, State::Over(_)))
            .finish_non_exhaustive()
    }
}
