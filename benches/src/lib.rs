//! The same few commands twice: behind a gate, and in a `match` that is written by hand and checks nothing. The
//! benches compare their time, `tests/allocations` their allocations.

#![forbid(unsafe_code)]

pub mod commands;
pub mod guarded;
pub mod hand;
pub mod sized;

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

/// The answer of a future that is ready when it is first asked.
///
/// # Panics
///
/// If it is not ready.
#[expect(clippy::panic, reason = "a bench of something else than a reply would mislead")]
#[inline]
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is not ready"),
    }
}
