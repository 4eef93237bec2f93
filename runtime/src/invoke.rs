//! Running a command once the authority has decided: the call that its shim is given, and the future that answers.
//! Whatever happens in a command, a panic included, there is an answer.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    argument::{Host, Slot, scan},
    compile::tables::Entry,
    model::Run,
    reply::{Code, Failure, Reply},
    report,
};

/// What a shim gives back: a reply of the command, or a failure before it.
pub type Finished = Result<Reply, Failure>;

/// A running asynchronous command.
pub type Running<'a> = Pin<Box<dyn Future<Output = Finished> + Send + 'a>>;

/// One call that the authority has allowed, as the shim of a command sees it.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub(crate) host: Host<'a>,
    pub(crate) body: &'a [u8],
}

impl<'a> Call<'a> {
    /// Decodes the message into these slots, in one walk.
    ///
    /// # Errors
    ///
    /// `invalid`, naming the argument that is unknown, missing, given twice or of another type.
    pub fn decode(self, slots: &mut [&mut dyn Slot<'a>]) -> Result<(), Failure> {
        let entry = self.host.command();
        scan::arguments(self.body, entry.command.arguments, slots)
            .map_err(|wrong| Failure::new(Code::Invalid, Some(wrong.tell(entry))))
    }

    /// Boxes the future of an asynchronous command.
    pub fn running(self, future: impl Future<Output = Finished> + Send + 'a) -> Running<'a> {
        Box::pin(future)
    }
}

/// The answer to a call, when it is there: at once for a synchronous command.
///
/// Needs no particular executor. Dropping it gives the call up.
#[must_use = "a call does nothing until its answer is awaited"]
pub struct Invoke<'a>(Step<'a>);

enum Step<'a> {
    Ready(Reply),
    Running(Running<'a>, &'static Entry),
    Over,
}

impl<'a> Invoke<'a> {
    pub(crate) fn ready(reply: impl Into<Reply>) -> Self {
        Self(Step::Ready(reply.into()))
    }

    #[inline]
    pub(crate) fn run(entry: &'static Entry, call: Call<'a>) -> Self {
        match entry.command.run {
            Run::Sync(run) => Self(Step::Ready(match catch_unwind(AssertUnwindSafe(|| run(call))) {
                Ok(finished) => finished.unwrap_or_else(Reply::Failed),
                Err(panic) => panicked(entry, panic),
            })),
            // The shim only boxes: the command itself starts with the first poll.
            Run::Async(run) => match catch_unwind(AssertUnwindSafe(|| run(call))) {
                Ok(running) => Self(Step::Running(running, entry)),
                Err(panic) => Self(Step::Ready(panicked(entry, panic))),
            },
        }
    }
}

impl Future for Invoke<'_> {
    type Output = Reply;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Reply> {
        match std::mem::replace(&mut self.0, Step::Over) {
            Step::Ready(reply) => Poll::Ready(reply),
            Step::Running(mut running, entry) => {
                // The future is dropped in here too: what it holds may panic when it goes.
                let polled = catch_unwind(AssertUnwindSafe(move || match running.as_mut().poll(context) {
                    Poll::Ready(finished) => {
                        drop(running);
                        Ok(finished)
                    }
                    Poll::Pending => Err(running),
                }));
                Poll::Ready(match polled {
                    Ok(Ok(Ok(reply))) => reply,
                    Ok(Ok(Err(failure))) => failure.into(),
                    Ok(Err(running)) => {
                        self.0 = Step::Running(running, entry);
                        return Poll::Pending;
                    }
                    Err(panic) => panicked(entry, panic),
                })
            }
            // Asked again after the answer: a fault of the executor, which is told so instead of being stopped.
            Step::Over => Poll::Ready(Failure::new(Code::Internal, None).into()),
        }
    }
}

/// Giving a call up drops the command where it waits, and what it holds may panic then: that is not the host's to bear.
impl Drop for Invoke<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Step::Running(running, entry) = std::mem::replace(&mut self.0, Step::Over)
            && let Err(panic) = catch_unwind(AssertUnwindSafe(move || drop(running)))
        {
            let _ = panicked(entry, panic);
        }
    }
}

#[cold]
fn panicked(entry: &'static Entry, panic: Box<dyn Any + Send>) -> Reply {
    let failure = Failure::new(Code::Panicked, None);
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a value that is no text");
    report::panicked(entry, failure.id(), text);
    // The payload is the command's own, and dropping it is its code once more.
    quietly(move || drop(panic));
    failure.into()
}

/// Runs code of the program whose panic must not get out. What it throws may throw again when it is dropped, and that
/// again: then it is leaked.
pub(crate) fn quietly(run: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(run))
        && let Err(again) = catch_unwind(AssertUnwindSafe(move || drop(panic)))
    {
        std::mem::forget(again);
    }
}
