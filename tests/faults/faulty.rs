//! Values that panic where their code is called.

use std::{
    future::poll_fn,
    panic::panic_any,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake},
};

use futures_core::Stream;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Panics when it goes.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("on purpose, when it goes")
    }
}

/// Panics when it is read.
#[derive(Debug)]
pub(crate) struct Unreadable;

impl<'de> Deserialize<'de> for Unreadable {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("on purpose, when it is read")
    }
}

/// Panics when it is written.
#[derive(Debug)]
pub(crate) struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("on purpose, when it is written")
    }
}

/// What panics when it goes, as often as the number says.
struct Chain(u8);

impl Drop for Chain {
    fn drop(&mut self) {
        if self.0 > 0 {
            panic_any(Self(self.0 - 1))
        }
    }
}

/// How many ways there are to [`throw`].
pub(crate) const WAYS: u8 = 6;

/// Panics with text, with text that is made, with a number, with nothing, and with what panics again when it is dropped.
pub(crate) fn throw(way: u8) -> ! {
    match way {
        0 => panic!("text"),
        1 => panic!("text with {way}"),
        2 => panic_any(7_u64),
        3 => panic_any(()),
        4 => panic_any(Chain(1)),
        _ => panic_any(Chain(3)),
    }
}

/// Not ready when it is first asked.
pub(crate) async fn a_moment() {
    let mut asked = false;
    poll_fn(|context| {
        if std::mem::replace(&mut asked, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A stream of what a closure gives.
pub(crate) struct From<F>(pub(crate) F);

impl<T, F: FnMut() -> Option<T> + Unpin> Stream for From<F> {
    type Item = T;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready((self.0)())
    }
}

/// One item, and then a panic when it goes.
pub(crate) struct EndsBadly {
    pub(crate) left: u8,
    pub(crate) _bomb: Bomb,
}

impl Stream for EndsBadly {
    type Item = u8;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        let left = self.left.checked_sub(1);
        Poll::Ready(left.inspect(|&left| self.left = left))
    }
}

/// A waker that panics when it is to wake, and perhaps when the last of it goes.
pub(crate) struct Alarm {
    pub(crate) and_when_it_goes: bool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        panic!("on purpose, when it is to wake")
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        // Not where it panics already: that would be twice.
        let quiet = !self.and_when_it_goes || std::thread::panicking();
        assert!(quiet, "on purpose, when the waker goes");
    }
}
