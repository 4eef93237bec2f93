//! What a command sends while it runs: progress, for the most part. The queue is bounded, so that a command waits for a
//! page that does not keep up.

use std::{fmt, marker::PhantomData};

use serde::Serialize;
use tokio::sync::mpsc;

/// How many items may wait to be read.
pub(crate) const CAPACITY: usize = 16;

/// An argument by which a command sends items to its caller before it returns.
///
/// The page gives a function in its place: `importFolder({ progress: (done) => .. })`. A command that takes one is
/// `async`, or `blocking`.
///
/// ```
/// use portcullis::Channel;
///
/// #[portcullis::command(public("an example"))]
/// async fn count(to: u32, progress: Channel<u32>) -> u32 {
///     for number in 0..to {
///         if progress.send(&number).await.is_err() {
///             break; // nobody listens any more
///         }
///     }
///     to
/// }
/// ```
pub struct Channel<T> {
    lines: mpsc::Sender<Vec<u8>>,
    name: &'static str,
    item: PhantomData<fn(&T)>,
}

impl<T: Serialize> Channel<T> {
    pub(crate) fn new(lines: mpsc::Sender<Vec<u8>>, name: &'static str) -> Self {
        Self { lines, name, item: PhantomData }
    }

    /// Sends an item; waits while the page has not read those before.
    ///
    /// # Errors
    ///
    /// If nobody listens any more, or the item cannot be serialized.
    pub async fn send(&self, item: &T) -> Result<(), SendError> {
        let line = self.line(item)?;
        self.lines.send(line).await.map_err(|_| SendError::Closed)
    }

    /// As [`send`](Self::send), on a thread that may wait: in a `blocking` command.
    ///
    /// # Errors
    ///
    /// As `send`.
    ///
    /// # Panics
    ///
    /// On a thread that runs asynchronous tasks.
    pub fn blocking_send(&self, item: &T) -> Result<(), SendError> {
        let line = self.line(item)?;
        self.lines.blocking_send(line).map_err(|_| SendError::Closed)
    }

    /// Sends an item if there is room for it now, and says whether there was: for progress, where the next one will do.
    ///
    /// # Errors
    ///
    /// As `send`.
    pub fn try_send(&self, item: &T) -> Result<bool, SendError> {
        match self.lines.try_reserve() {
            Ok(room) => {
                room.send(self.line(item)?);
                Ok(true)
            }
            Err(mpsc::error::TrySendError::Full(())) => Ok(false),
            Err(mpsc::error::TrySendError::Closed(())) => Err(SendError::Closed),
        }
    }

    /// Whether nobody listens any more: the page has given the call up, or is gone.
    pub fn is_closed(&self) -> bool {
        self.lines.is_closed()
    }

    fn line(&self, item: &T) -> Result<Vec<u8>, SendError> {
        let mut line = Vec::with_capacity(64);
        line.push(b'c');
        line.extend_from_slice(self.name.as_bytes());
        line.push(b' ');
        serde_json::to_writer(&mut line, item).map_err(SendError::Unserializable)?;
        line.push(b'\n');
        Ok(line)
    }
}

impl<T> Clone for Channel<T> {
    fn clone(&self) -> Self {
        Self { lines: self.lines.clone(), name: self.name, item: PhantomData }
    }
}

impl<T> fmt::Debug for Channel<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Channel({})", self.name)
    }
}

/// Why an item was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// Nobody listens any more.
    Closed,
    /// The item cannot be serialized.
    Unserializable(serde_json::Error),
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("nobody listens any more"),
            Self::Unserializable(error) => write!(f, "the item cannot be serialized: {error}"),
        }
    }
}

impl std::error::Error for SendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Closed => None,
            Self::Unserializable(error) => Some(error),
        }
    }
}
