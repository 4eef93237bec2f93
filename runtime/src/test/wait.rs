//! Waiting for a future on the thread of a test, which has no executor.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll},
    thread,
    time::{Duration, Instant},
};

use crate::wait;

/// Waits for a future on this thread: the smallest executor there is, for a plain `#[test]`.
///
/// What needs a runtime of its own (tokio's timers, say) has to be awaited in that.
///
/// ```
/// # use portcullis::prelude::*;
/// #[command(public("an example"))]
/// async fn hello(name: String) -> String {
///     format!("Hello, {name}")
/// }
///
/// assert_eq!(portcullis::test::block_on(hello("you".into())), "Hello, you");
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    wait::block_on(future)
}

/// Waits for a future on this thread, and gives it up after a time.
pub(super) fn within<F: Future>(future: F, patience: Duration) -> Option<F::Output> {
    let mut future = pin!(future);
    let waker = wait::unparking();
    let mut context = Context::from_waker(&waker);
    let start = Instant::now();
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        thread::park_timeout(patience.checked_sub(start.elapsed()).filter(|left| !left.is_zero())?);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops where something is not as it says")]
mod tests {
    use std::future::{pending, poll_fn};

    use super::*;

    #[test]
    fn what_is_woken_from_another_thread_is_polled_again() {
        let mut asleep = None;
        let answer = block_on(poll_fn(|context| {
            if asleep.is_some() {
                return Poll::Ready(7);
            }
            let waker = context.waker().clone();
            asleep = Some(thread::spawn(move || {
                thread::sleep(Duration::from_millis(20));
                waker.wake();
            }));
            Poll::Pending
        }));
        assert_eq!(answer, 7);
        asleep.unwrap().join().unwrap();
    }

    #[test]
    fn what_never_ends_is_given_up() {
        assert_eq!(within(pending::<()>(), Duration::from_millis(20)), None);
        assert_eq!(within(pending::<()>(), Duration::ZERO), None);
        assert_eq!(within(std::future::ready(1), Duration::ZERO), Some(1));
    }
}
