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

/// What a gate needs of the host's executor: a pool of threads for `blocking` commands, and a clock for deadlines.
///
/// An adapter has one: `portcullis_http::Tokio`. Given with [`GateBuilder::runtime`](crate::GateBuilder::runtime).
pub trait Runtime: Send + Sync + 'static {
    /// Runs this on a thread where it may block, without making others wait.
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>);

    /// Is ready after this time.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// When a call has to be over.
#[derive(Default)]
pub(crate) struct Deadline {
    limit: Option<(Arc<dyn Runtime>, Duration)>,
    sleep: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Deadline {
    pub(crate) fn after(runtime: &Arc<dyn Runtime>, time: Duration) -> Self {
        Self { limit: Some((Arc::clone(runtime), time)), sleep: None }
    }

    /// Whether it is past. The clock starts when this is first asked: when the call has to wait.
    pub(crate) fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        if let Some((runtime, time)) = self.limit.take() {
            self.sleep = Some(runtime.sleep(time));
        }
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().poll(context).is_ready(),
            None => false,
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
