//! Time and threads: what a gate is given by its host, since it has no executor of its own; and waiting on a thread.

use std::{
    fmt,
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use crate::invoke::quietly;

/// What a gate needs of the host's executor: a pool of threads for `blocking` commands, and a clock for deadlines.
///
/// An adapter has one: `portcullis_http::Tokio`. Given with [`GateBuilder::runtime`](crate::GateBuilder::runtime).
pub trait Runtime: Send + Sync + 'static {
    /// Runs this on a thread where it may block, without making others wait.
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>);

    /// Is ready after this time.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// When a call has to be over. Boxed, since most calls have none to ask: what every call carries stays small.
#[derive(Default)]
pub(crate) struct Deadline(Option<Box<Clock>>);

enum Clock {
    /// It does not run yet.
    Set(Arc<dyn Runtime>, Duration),
    Running(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl Deadline {
    pub(crate) fn after(runtime: &Arc<dyn Runtime>, time: Duration) -> Self {
        Self(Some(Box::new(Clock::Set(Arc::clone(runtime), time))))
    }

    /// Whether it is past. The clock starts when this is first asked: when the call has to wait.
    pub(crate) fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        let Some(clock) = &mut self.0 else { return false };
        if let Clock::Set(runtime, time) = &**clock {
            **clock = Clock::Running(runtime.sleep(*time));
        }
        match &mut **clock {
            Clock::Running(sleep) => sleep.as_mut().poll(context).is_ready(),
            Clock::Set(..) => false,
        }
    }
}

/// The clock is code of the host's, and may panic when it goes.
impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(clock) = self.0.take() {
            quietly(move || drop(clock));
        }
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Deadline(..)")
    }
}

/// Waits for a future on this thread, which sleeps meanwhile.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let waker = unparking();
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

/// Wakes this thread.
pub(crate) fn unparking() -> Waker {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    Waker::from(Arc::new(Unpark(thread::current())))
}
