//! Channels and emitters for commands that are called as functions, and what came out of them.

use std::{fmt, marker::PhantomData};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::{broadcast, mpsc};

use crate::{
    channel::Channel,
    event::{Emitted, Emitter, Event},
};

/// How much is kept until the test looks.
const ROOM: usize = 4096;

/// A channel for a command that is called as a function, and what the command sends.
///
/// ```
/// use portcullis::{Channel, test};
///
/// #[portcullis::command(public("an example"), blocking)]
/// fn count(to: u32, progress: Channel<u32>) {
///     for number in 0..to {
///         progress.blocking_send(&number).ok();
///     }
/// }
///
/// let (progress, mut sent) = test::channel();
/// count(3, progress);
/// assert_eq!(sent.items::<u32>(), [0, 1, 2]);
/// ```
#[must_use]
pub fn channel<T: Serialize>() -> (Channel<T>, Sent) {
    let (lines, sent) = mpsc::channel(ROOM);
    (Channel::new(lines, "channel"), Sent(sent))
}

/// What was sent through a channel. When it is dropped, the channel is closed.
pub struct Sent(mpsc::Receiver<Vec<u8>>);

impl Sent {
    /// The items that have been sent since this was asked last, as the page would get them.
    ///
    /// # Panics
    ///
    /// If an item is no `T`.
    pub fn items<T: DeserializeOwned>(&mut self) -> Vec<T> {
        let mut items = Vec::new();
        while let Ok(line) = self.0.try_recv() {
            items.push(item(line.get("cchannel ".len()..).unwrap_or_default()));
        }
        items
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sent(..)")
    }
}

/// An emitter for a command that is called as a function, and what the command emits.
///
/// ```
/// use portcullis::{Emitter, Event, test};
/// use serde::Serialize;
///
/// /// A note is another than it was.
/// #[derive(Serialize, Event)]
/// #[event(public("an example"))]
/// struct NoteChanged(u32);
///
/// #[portcullis::command(public("an example"))]
/// fn save(id: u32, changed: Emitter<NoteChanged>) {
///     changed.emit(&NoteChanged(id));
/// }
///
/// let (changed, mut heard) = test::emitter();
/// save(7, changed);
/// assert_eq!(heard.events::<u32>(), [7]);
/// ```
#[must_use]
pub fn emitter<E: Event>() -> (Emitter<E>, Heard<E>) {
    let (emitter, heard) = Emitter::alone(ROOM);
    (emitter, Heard { heard, event: PhantomData })
}

/// What was emitted.
pub struct Heard<E> {
    heard: broadcast::Receiver<std::sync::Arc<Emitted>>,
    event: PhantomData<fn(&E)>,
}

impl<E> Heard<E> {
    /// The events that have been emitted since this was asked last, as the page would get them.
    ///
    /// # Panics
    ///
    /// If an event is no `T`.
    pub fn events<T: DeserializeOwned>(&mut self) -> Vec<T> {
        let mut events = Vec::new();
        while let Ok(emitted) = self.heard.try_recv() {
            events.push(item(emitted.json()));
        }
        events
    }
}

impl<E> fmt::Debug for Heard<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Heard(..)")
    }
}

#[expect(clippy::panic, reason = "a test stops on what it does not expect")]
fn item<T: DeserializeOwned>(json: &[u8]) -> T {
    match serde_json::from_slice(json) {
        Ok(item) => item,
        Err(error) => {
            panic!("{} is no `{}`: {error}", String::from_utf8_lossy(json), std::any::type_name::<T>())
        }
    }
}
