//! Replies that come in parts: what a command returns as a stream, what it sends through a channel, and what an event
//! brings. All of them are lines of text by the time that they get here, so that every adapter carries them alike.

mod call;
mod streaming;

use std::{
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

pub(crate) use call::Parts;
pub use streaming::{Never, Streaming};

use crate::{
    compile::tables::Entry,
    invoke::{let_go, panicked},
    reply::Reply,
};

/// A reply in parts, as lines: pulled by whoever carries it, and given up when it is dropped.
///
/// Each line begins with a letter, and ends with a line break, which JSON does not contain:
///
/// | line | |
/// |---|---|
/// | `i<json>` | an item |
/// | `c<argument> <json>` | an item of the channel that the command takes as this argument |
/// | `g<number>` | so many events were lost, since they were not read in time |
///
/// and the last is one of
///
/// | line | |
/// |---|---|
/// | `z` | there are no more items |
/// | `o<json>` | the value of a command that has sent items through a channel |
/// | `e<json>` | the command's own error |
/// | `f<json>` | a failure: `{"code":"timeout","id":7}` |
pub struct Stream(Box<Inner>);

struct Inner {
    source: Option<Pin<Box<dyn Lines>>>,
    /// Whose it is, once a call has given it as its reply.
    entry: Option<&'static Entry>,
}

/// Something that writes lines.
pub(crate) trait Lines: Send {
    /// Writes the next line, or those for which there is room, or says that there is none yet. What is not a whole line is
    /// taken back.
    fn poll_lines(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut Vec<u8>,
        room: usize,
    ) -> Poll<Line>;

    /// What goes on in its place, after [`Line::Turned`].
    fn turned(self: Pin<&mut Self>) -> Option<Stream> {
        None
    }
}

/// What has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line that others may follow.
    More,
    /// The last line.
    Last,
    /// None: a stream has come to its end that was the value of a call, and others follow from it.
    Turned,
}

impl Stream {
    pub(crate) fn new(source: Pin<Box<dyn Lines>>) -> Self {
        Self(Box::new(Inner { source: Some(source), entry: None }))
    }

    pub(crate) fn set_entry(&mut self, entry: &'static Entry) {
        self.0.entry = Some(entry);
    }

    /// Appends the lines that are there, until `into` has grown by `room` bytes: a line is never cut, so it may grow by more.
    ///
    /// `Ready(true)` if others may follow, `Ready(false)` after the last line. `Pending` if there is none yet, and then
    /// nothing is appended.
    pub fn poll_lines(&mut self, context: &mut Context<'_>, into: &mut Vec<u8>, room: usize) -> Poll<bool> {
        let start = into.len();
        loop {
            let Some(source) = self.0.source.as_mut() else { return Poll::Ready(false) };
            let before = into.len();
            let left = room.saturating_sub(before - start);
            let polled =
                catch_unwind(AssertUnwindSafe(|| source.as_mut().poll_lines(context, &mut *into, left)));
            match polled {
                Ok(Poll::Ready(Line::More)) if into.len() - start >= room => return Poll::Ready(true),
                Ok(Poll::Ready(Line::More)) => {}
                Ok(Poll::Ready(Line::Last)) => {
                    self.end();
                    return Poll::Ready(false);
                }
                Ok(Poll::Ready(Line::Turned)) => {
                    let next = source.as_mut().turned().and_then(|mut next| next.0.source.take());
                    self.end();
                    self.0.source = next;
                }
                Ok(Poll::Pending) => {
                    return if into.len() > start { Poll::Ready(true) } else { Poll::Pending };
                }
                Err(panic) => {
                    let whole = into.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
                    into.truncate(whole.max(before));
                    write_end(into, &panicked(self.0.entry, panic));
                    self.end();
                    return Poll::Ready(false);
                }
            }
        }
    }

    /// As [`poll_lines`](Self::poll_lines), to be awaited.
    pub async fn lines(&mut self, into: &mut Vec<u8>, room: usize) -> bool {
        poll_fn(|context| self.poll_lines(context, into, room)).await
    }

    fn end(&mut self) {
        // What it holds is the command's own, and may panic when it goes.
        if let Some(source) = self.0.source.take() {
            let_go(self.0.entry, source);
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.entry {
            Some(entry) => write!(f, "Stream({})", entry.name()),
            None => f.write_str("Stream(..)"),
        }
    }
}

/// The last line of a reply that has come to its end.
fn write_end(into: &mut Vec<u8>, reply: &Reply) {
    match reply {
        Reply::Ok(json) => write_line(into, b'o', json),
        Reply::Error(json) => write_line(into, b'e', json),
        Reply::Failed(failure) => write_line(into, b'f', &failure.to_json()),
        Reply::Bytes(_) | Reply::Download(_) | Reply::Stream(_) => {}
    }
}

fn write_line(into: &mut Vec<u8>, kind: u8, json: &[u8]) {
    into.push(kind);
    into.extend_from_slice(json);
    into.push(b'\n');
}
