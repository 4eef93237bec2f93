//! Running a command once the authority has decided: the call that its shim is given, and the future that answers.
//! Whatever happens in a command, a panic included, there is an answer.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use crate::{
    argument::{
        Beside, Host, Slot,
        scan::{self, Wrong},
    },
    compile::tables::Entry,
    gate::DEEPEST,
    model::Run,
    reply::{Code, Failure, Reply},
    report,
    request::{Body, Request},
    session::Session,
    stream::Parts,
    wait::{Deadline, Runtime},
};

/// What a shim gives back: a reply of the command, or a failure before it.
pub type Finished = Result<Reply, Failure>;

/// A running asynchronous command.
pub type Running<'a> = Pin<Box<dyn Future<Output = Finished> + Send + 'a>>;

/// One call that the authority has allowed, as the shim of a command sees it.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub(crate) host: Host<'a>,
    pub(crate) body: Body<'a>,
}

impl<'a> Call<'a> {
    /// Decodes the message into these slots, in one walk.
    ///
    /// # Errors
    ///
    /// `invalid`, naming the argument that is unknown, missing, given twice or of another type; `too_deep`.
    pub fn decode(self, slots: &mut [&mut dyn Slot<'a>]) -> Result<(), Failure> {
        let entry = self.host.command();
        let deepest = self.host.session.gate().json_depth;
        let read = match self.body {
            Body::Text(text) if deepest < DEEPEST && scan::is_deeper(text, deepest) => {
                return Err(too_deep(entry, deepest));
            }
            // What most callers send to a command that takes nothing is not walked over.
            Body::Text(b"{}") if slots.is_empty() => Ok(()),
            Body::Text(text) => scan::arguments(text, entry.command.arguments, slots),
            #[cfg(feature = "parsed")]
            Body::Parsed(given) => given.fill(entry, slots, deepest),
        };
        if let Err(wrong) = read {
            return Err(invalid(entry, deepest, &wrong));
        }
        // Without any bytes, whoever takes some says so.
        match self.host.beside {
            Some(beside) => bytes_agree(entry, beside, slots),
            None => Ok(()),
        }
    }

    /// Boxes the future of an asynchronous command.
    pub fn running(self, future: impl Future<Output = Finished> + Send + 'a) -> Running<'a> {
        Box::pin(future)
    }
}

/// Whether as many raw bytes have come as the arguments say. Not for most calls, and so out of their way.
#[inline(never)]
fn bytes_agree(entry: &Entry, beside: &Beside, slots: &[&mut dyn Slot<'_>]) -> Result<(), Failure> {
    let given = beside.whole_length();
    let bytes = slots.iter().fold(0_u64, |sum, slot| sum.saturating_add(slot.raw_length()));
    if bytes == given {
        return Ok(());
    }
    let text = format!(
        "the byte arguments of command `{}` have {bytes} bytes by their lengths, and {given} came with the message",
        entry.name()
    );
    Err(Failure::new(Code::Invalid, Some(text)))
}

#[cold]
fn invalid(entry: &Entry, deepest: usize, wrong: &Wrong) -> Failure {
    match wrong {
        Wrong::Deep => too_deep(entry, deepest),
        wrong => Failure::new(Code::Invalid, Some(wrong.tell(entry))),
    }
}

#[cold]
fn too_deep(entry: &Entry, deepest: usize) -> Failure {
    let text = format!("the arguments of command `{}` are nested deeper than {deepest}", entry.name());
    Failure::new(Code::TooDeep, Some(text))
}

/// The answer to a call, when it is there: at once for a synchronous command.
///
/// Needs no particular executor. Dropping it gives the call up.
#[must_use = "a call does nothing until its answer is awaited"]
pub struct Invoke<'a>(Step<'a>);

enum Step<'a> {
    Ready(Reply),
    Running(Going<'a>),
    /// A command that takes channels, and has not started.
    Parts(Box<Parts>),
    Over,
}

/// A command that has to be awaited.
struct Going<'a> {
    /// None once it has answered.
    running: Option<Running<'a>>,
    entry: &'static Entry,
    deadline: Deadline,
}

impl Going<'_> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Reply> {
        let Some(running) = self.running.take() else { return Poll::Ready(over()) };
        match settled(self.entry, running, context, &mut self.deadline) {
            Ok(reply) => {
                // The clock goes with the command.
                self.deadline = Deadline::default();
                Poll::Ready(reply)
            }
            Err(running) => {
                self.running = Some(running);
                Poll::Pending
            }
        }
    }
}

/// Of this, and not of the whole: a call that is answered at once need not ask on its way out.
impl Drop for Going<'_> {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let_go(self.entry, running);
        }
    }
}

/// Asked again after the answer: a fault of the executor, which is told so instead of being stopped.
#[cold]
fn over() -> Reply {
    Failure::new(Code::Internal, None).into()
}

impl<'a> Invoke<'a> {
    /// The answer, if it is there before anybody waits: that of a synchronous command, or of a refusal.
    ///
    /// # Errors
    ///
    /// The call, if it has to be awaited. It has not begun.
    pub fn into_ready(self) -> Result<Reply, Self> {
        match self.0 {
            Step::Ready(reply) => Ok(reply),
            step => Err(Self(step)),
        }
    }

    #[inline]
    pub(crate) fn ready(reply: impl Into<Reply>) -> Self {
        Self(Step::Ready(reply.into()))
    }

    /// Runs a command on a message that is lent for as long as the call takes, if it can be: what runs elsewhere, or after the
    /// message, gets a message of its own.
    #[inline]
    pub(crate) fn lent(session: &'a Session, entry: &'static Entry, request: Request<'a>) -> Self {
        let plain = request.more.is_none();
        match (entry.command.run, request.lent()) {
            (Run::Sync(run), Some(body)) if plain => {
                let host = Host { session, entry, given: None, beside: None };
                Self::ready(finished(entry, || run(Call { host, body })))
            }
            (Run::Async(run), Some(body)) if plain && !entry.outlives() => {
                let host = Host { session, entry, given: None, beside: None };
                Self::start(entry, deadline(session, entry), || run(Call { host, body }))
            }
            _ => Self::owned(session, entry, request),
        }
    }

    /// Runs a command on a message that the call keeps.
    pub(crate) fn owned(session: &Session, entry: &'static Entry, request: Request<'_>) -> Invoke<'static> {
        let Request { arguments, more, .. } = request;
        let (attachment, given) = more.map(|mut more| more.take()).unwrap_or_default();
        if let Run::Sync(run) = entry.command.run {
            let beside = (!attachment.is_none()).then(|| Beside::new(attachment, entry));
            let host = Host { session, entry, given: given.as_deref(), beside: beside.as_ref() };
            let reply = finished(entry, || run(Call { host, body: arguments.body() }));
            quietly(move || drop(beside));
            quietly(move || drop(given));
            return Invoke::ready(reply);
        }
        let kept = Kept { entry, given, beside: Beside::new(attachment, entry) };
        let (caller, body) = (session.clone(), arguments.kept());
        match entry.command.run {
            Run::Async(run) => kept.into_running(session, move |kept| async move {
                run(Call { host: kept.host(&caller), body: body.body() }).await
            }),
            Run::Blocking(run) => kept.into_running(session, move |kept| {
                blocking(caller.gate().runtime.clone(), entry, move || {
                    run(Call { host: kept.host(&caller), body: body.body() })
                })
            }),
            // The one is over, the other is never found by the name of a command.
            Run::Sync(_) | Run::Event(_) => Invoke::ready(Failure::new(Code::Internal, None)),
        }
    }

    /// The shim only boxes: the command itself starts with the first poll.
    fn start(entry: &'static Entry, deadline: Deadline, run: impl FnOnce() -> Running<'a>) -> Self {
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(running) => Self(Step::Running(Going { running: Some(running), entry, deadline })),
            Err(panic) => Self::ready(panicked(entry, panic)),
        }
    }
}

/// What a call needs that does not end with its message.
struct Kept {
    entry: &'static Entry,
    given: Option<Arc<crate::argument::Given>>,
    beside: Beside,
}

impl Kept {
    fn host<'a>(&'a self, session: &'a Session) -> Host<'a> {
        Host { session, entry: self.entry, given: self.given.as_deref(), beside: Some(&self.beside) }
    }

    fn into_running<F: Future<Output = Finished> + Send + 'static>(
        mut self,
        session: &Session,
        run: impl FnOnce(Self) -> F,
    ) -> Invoke<'static> {
        let entry = self.entry;
        let deadline = deadline(session, entry);
        // Dropped with the future, which is all that a command on another thread learns of it.
        let waiting = self.beside.waiting();
        let sent = entry.sends().then(|| self.beside.open_channels());
        let running = move || -> Running<'static> {
            let running = run(self);
            Box::pin(async move {
                let finished = running.await;
                waiting.answered();
                finished
            })
        };
        match sent {
            None => Invoke::start(entry, deadline, running),
            Some(sent) => match catch_unwind(AssertUnwindSafe(running)) {
                Ok(running) => Invoke(Step::Parts(Box::new(Parts::new(entry, running, sent, deadline)))),
                Err(panic) => Invoke::ready(panicked(entry, panic)),
            },
        }
    }
}

/// Runs a command on a thread that may block.
fn blocking(
    runtime: Option<Arc<dyn Runtime>>,
    entry: &'static Entry,
    run: impl FnOnce() -> Finished + Send + 'static,
) -> Running<'static> {
    let Some(runtime) = runtime else {
        // `GateBuilder::build` has refused this.
        return Box::pin(std::future::ready(Err(Failure::new(Code::Internal, None))));
    };
    Box::pin(async move {
        // With the first poll, as every command: an adapter may still refuse the call.
        let (answer, answered) = tokio::sync::oneshot::channel();
        let mut work = Work(Some(move || {
            // Given up before its turn came: it does not begin.
            if !answer.is_closed() {
                // Nobody may be waiting any more.
                let _ = answer.send(finished(entry, run));
            }
        }));
        runtime.spawn_blocking(Box::new(move || work.run()));
        // Dropped unsent: the runtime has let the work fall, since it is being shut down.
        Ok(answered.await.unwrap_or_else(|_| Failure::new(Code::Cancelled, None).into()))
    })
}

/// What a thread of the host's is to do. What it leaves behind may panic when it goes, whether it has run or not: that is not
/// for the thread.
struct Work<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Work<F> {
    fn run(&mut self) {
        if let Some(work) = self.0.take() {
            quietly(work);
        }
    }
}

impl<F: FnOnce()> Drop for Work<F> {
    fn drop(&mut self) {
        if let Some(work) = self.0.take() {
            quietly(move || drop(work));
        }
    }
}

fn deadline(session: &Session, entry: &Entry) -> Deadline {
    let gate = session.gate();
    let Some(runtime) = &gate.runtime else { return Deadline::default() };
    match entry.timeout(gate.timeout) {
        // What may take for ever needs no clock.
        Some(time) if time != Duration::MAX => Deadline::after(runtime, time),
        _ => Deadline::default(),
    }
}

/// Runs the code of a command to its end.
#[inline]
fn finished(entry: &'static Entry, run: impl FnOnce() -> Finished) -> Reply {
    match catch_unwind(AssertUnwindSafe(|| reply(entry, run()))) {
        Ok(reply) => reply,
        Err(panic) => panicked(entry, panic),
    }
}

#[inline]
fn reply(entry: &'static Entry, finished: Finished) -> Reply {
    let mut reply = finished.unwrap_or_else(Reply::Failed);
    match &mut reply {
        Reply::Stream(stream) => stream.set_entry(entry),
        Reply::Download(download) => download.set_entry(entry),
        _ => {}
    }
    reply
}

/// Drives a command once: its reply, or the command if it has to wait and still may.
pub(crate) fn settled<'a>(
    entry: &'static Entry,
    mut running: Running<'a>,
    context: &mut Context<'_>,
    deadline: &mut Deadline,
) -> Result<Reply, Running<'a>> {
    let polled = catch_unwind(AssertUnwindSafe(|| {
        let polled = running.as_mut().poll(context);
        // The clock is code of the host's, and may panic as well.
        let late = polled.is_pending() && deadline.is_over(context);
        if late { None } else { Some(polled) }
    }));
    match polled {
        Ok(Some(Poll::Pending)) => Err(running),
        Ok(Some(Poll::Ready(finished))) => {
            // What it holds may panic when it goes.
            Ok(match catch_unwind(AssertUnwindSafe(move || drop(running))) {
                Ok(()) => reply(entry, finished),
                Err(panic) => panicked(entry, panic),
            })
        }
        Ok(None) => {
            let_go(entry, running);
            let failure = Failure::new(Code::Timeout, None);
            report::timed_out(entry, failure.id());
            Ok(failure.into())
        }
        Err(panic) => {
            // Not while it unwinds: a second panic would end the program.
            let_go(entry, running);
            Ok(panicked(entry, panic))
        }
    }
}

/// Drops what is a command's own. It may panic then: that is told, and not the host's to bear.
pub(crate) fn let_go<T>(entry: impl Into<Option<&'static Entry>>, own: T) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(move || drop(own))) {
        let _ = panicked(entry, panic);
    }
}

impl Future for Invoke<'_> {
    type Output = Reply;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Reply> {
        if let Step::Running(going) = &mut self.0 {
            return going.poll(context);
        }
        Poll::Ready(match std::mem::replace(&mut self.0, Step::Over) {
            Step::Ready(reply) => reply,
            Step::Parts(parts) => parts.start(context),
            Step::Running(_) | Step::Over => over(),
        })
    }
}

#[cold]
pub(crate) fn panicked(entry: impl Into<Option<&'static Entry>>, panic: Box<dyn Any + Send>) -> Reply {
    let failure = Failure::new(Code::Panicked, None);
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a value that is no text");
    report::panicked(entry.into(), failure.id(), text);
    // The payload is the command's own, and dropping it is its code once more.
    quietly(move || drop(panic));
    failure.into()
}

/// Runs code of the program whose panic must not get out. What it throws may throw again when it is dropped, and that
/// again: then it is leaked.
pub fn quietly(run: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(run))
        && let Err(again) = catch_unwind(AssertUnwindSafe(move || drop(panic)))
    {
        std::mem::forget(again);
    }
}
