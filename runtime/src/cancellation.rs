//! Whether anybody still waits for a call: what its command can ask, and what ends the reading of its upload.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Waker},
};

use crate::invoke::quietly;

/// Whether anybody still waits for the call: for a `blocking` command, which cannot be stopped from outside, and for
/// what a command has set going elsewhere. (An `async` command that is given up is dropped where it waits.)
///
/// ```
/// use portcullis::Cancellation;
///
/// #[portcullis::command(public("an example"), blocking)]
/// fn sum(numbers: Vec<u32>, cancellation: Cancellation) -> u64 {
///     let mut sum = 0;
///     for number in numbers {
///         if cancellation.is_cancelled() {
///             break;
///         }
///         sum += u64::from(number);
///     }
///     sum
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<Waited>);

impl Cancellation {
    /// One that nobody cancels, to call a command as a function.
    pub fn never() -> Self {
        Self::default()
    }

    /// Whether the call has been given up, has run out of time, or is over.
    pub fn is_cancelled(&self) -> bool {
        self.0.over.load(Ordering::Acquire)
    }

    /// Whether it has been given up or has run out of time. If not, whoever asks is woken when it is.
    pub(crate) fn is_given_up(&self, context: &Context<'_>) -> bool {
        let given_up = || self.0.given_up.load(Ordering::SeqCst);
        if given_up() {
            return true;
        }
        let is_known = |known: &Waker| known.will_wake(context.waker());
        if !self.0.reader().as_ref().is_some_and(is_known) {
            // A waker is code of the executor's, also when it is cloned or goes: it does not run under the lock.
            let waker = context.waker().clone();
            let before = self.0.reader().replace(waker);
            drop(before);
        }
        given_up()
    }

    /// What says so.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting { call: Arc::clone(&self.0), answered: false }
    }
}

#[derive(Debug, Default)]
struct Waited {
    /// Nobody waits any more, for whatever reason.
    over: AtomicBool,
    /// Nobody does, and there was no answer.
    given_up: AtomicBool,
    /// Who is to be woken then.
    reader: Mutex<Option<Waker>>,
}

impl Waited {
    fn reader(&self) -> MutexGuard<'_, Option<Waker>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody waits for the call, as long as this is there.
pub(crate) struct Waiting {
    call: Arc<Waited>,
    answered: bool,
}

impl Waiting {
    /// The call has its answer.
    pub(crate) fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.call.over.store(true, Ordering::Release);
        if self.answered {
            return;
        }
        self.call.given_up.store(true, Ordering::SeqCst);
        let reader = self.call.reader().take();
        if let Some(reader) = reader {
            // This may go while a command panics: a second panic would end the program.
            quietly(move || reader.wake());
        }
    }
}
