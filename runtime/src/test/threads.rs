//! What `blocking` commands and deadlines need of an executor, on plain threads: for a `#[test]` that has no executor.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use crate::wait::Runtime;

/// A [`Runtime`] of plain threads, one for each thing to do: so that a gate with `blocking` commands or deadlines can be built
/// and called in a plain `#[test]`.
///
/// ```
/// use portcullis::{prelude::*, test};
///
/// #[command(public("an example"), blocking)]
/// fn slow() -> u32 {
///     7
/// }
///
/// static AUTHORITY: Authority = authority! { commands: [slow], windows: ["main"] };
///
/// # fn main() -> Result<(), portcullis::BuildError> {
/// let gate = Gate::new(&AUTHORITY).runtime(test::Threads).build()?;
/// assert_eq!(test::client(&gate, Principal::window("main")).call("slow", ()).expect_ok::<u32>(), 7);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Threads;

impl Runtime for Threads {
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        thread::spawn(work);
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let alarm = Arc::new(Mutex::new(Alarm::Waiting(None)));
        let rings = Arc::clone(&alarm);
        thread::spawn(move || {
            thread::sleep(time);
            let before = std::mem::replace(&mut *lock(&rings), Alarm::Rung);
            if let Alarm::Waiting(Some(waker)) = before {
                waker.wake();
            }
        });
        Box::pin(Sleep(alarm))
    }
}

struct Sleep(Arc<Mutex<Alarm>>);

enum Alarm {
    Waiting(Option<Waker>),
    Rung,
}

impl Future for Sleep {
    type Output = ();
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match &mut *lock(&self.0) {
            Alarm::Rung => Poll::Ready(()),
            Alarm::Waiting(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

fn lock(alarm: &Mutex<Alarm>) -> std::sync::MutexGuard<'_, Alarm> {
    alarm.lock().unwrap_or_else(PoisonError::into_inner)
}
