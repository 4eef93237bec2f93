//! Commands on threads that may block, deadlines, and being given up.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
    time::{Duration, Instant},
};

use portcullis::{Cancellation, Host, NamedArgument, Runtime, Unavailable, prelude::*};
use portcullis_tests::{block_on, call, line};

/// A runtime out of threads: one for each thing that is asked of it.
pub(super) struct Threads;

impl Runtime for Threads {
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        thread::spawn(work);
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (done, over) = tokio::sync::oneshot::channel();
        thread::spawn(move || {
            thread::sleep(time);
            let _ = done.send(());
        });
        Box::pin(async move { drop(over.await) })
    }
}

/// A runtime that is being shut down: it lets everything fall.
struct Gone;

impl Runtime for Gone {
    fn spawn_blocking(&self, _: Box<dyn FnOnce() + Send>) {}
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

/// A runtime that is busy: what it is asked to do waits until somebody runs it.
#[derive(Clone, Default)]
struct Busy(Arc<Mutex<Vec<Work>>>);

type Work = Box<dyn FnOnce() + Send>;

impl Runtime for Busy {
    fn spawn_blocking(&self, work: Work) {
        self.0.lock().unwrap().push(work);
    }
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        panic!("there is no clock")
    }
}

/// How many times commands have come to their beginning, where that is waited for, and to their end.
#[derive(Default)]
struct Ended(Arc<AtomicUsize>);

/// When it is dropped.
#[derive(Default)]
struct Dropped(Arc<AtomicBool>);

struct Drops(Arc<AtomicBool>);

impl Drop for Drops {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[portcullis::command(public("a test"), blocking)]
fn thread_name(text: &str) -> String {
    format!("{text}: {:?}", thread::current().id())
}

#[portcullis::command(public("a test"), blocking)]
fn panics() {
    panic!("on another thread")
}

#[portcullis::command(public("a test"), blocking)]
fn meet(barrier: State<'_, Barrier>) {
    barrier.wait();
}

#[portcullis::command(public("a test"), blocking)]
fn until_cancelled(cancellation: Cancellation, ended: State<'_, Ended>) {
    ended.0.fetch_add(1, Ordering::SeqCst);
    while !cancellation.is_cancelled() {
        thread::sleep(Duration::from_millis(1));
    }
    ended.0.fetch_add(1, Ordering::SeqCst);
}

#[portcullis::command(public("a test"), blocking, timeout = "none")]
fn once(ended: State<'_, Ended>) {
    ended.0.fetch_add(1, Ordering::SeqCst);
}

#[portcullis::command(public("a test"), blocking, timeout = "20ms")]
fn too_long(cancellation: Cancellation) {
    while !cancellation.is_cancelled() {
        thread::sleep(Duration::from_millis(1));
    }
}

#[portcullis::command(public("a test"), timeout = "20ms")]
async fn never(dropped: State<'_, Dropped>) {
    let _drops = Drops(Arc::clone(&dropped.0));
    std::future::pending::<()>().await;
}

#[portcullis::command(public("a test"), timeout = "none")]
async fn in_its_own_time() -> u8 {
    Threads.sleep(Duration::from_millis(50)).await;
    1
}

#[portcullis::command(public("a test"))]
async fn never_by_default() {
    std::future::pending::<()>().await;
}

/// A channel of a host's own, as Tauri has one.
struct Named(String);

impl<'a> NamedArgument<'a> for Named {
    type Sent = u8;
    fn take(_: Host<'a>, json: &'a [u8]) -> Result<Result<Self, String>, Unavailable> {
        Ok(Ok(Self(String::from_utf8_lossy(json).into_owned())))
    }
}

#[portcullis::command(public("a test"))]
async fn through_a_channel_of_the_host(channel: Named) -> String {
    Threads.sleep(Duration::from_millis(50)).await;
    channel.0
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        thread_name, panics, meet, until_cancelled, once, too_long, never, in_its_own_time, never_by_default,
        through_a_channel_of_the_host,
    ],
    windows: ["main"],
};

fn builder() -> portcullis::GateBuilder {
    Gate::new(&AUTHORITY)
        .state(Barrier::new(3))
        .state(Ended::default())
        .state(Dropped::default())
        .explain(false)
}

fn session() -> Session {
    builder().runtime(Threads).build().unwrap().session(Principal::window("main"))
}

#[test]
fn a_blocking_command_runs_on_another_thread() {
    let answer = line(&call(&session(), "thread_name", r#"{"text":"\u0061"}"#));
    assert!(
        answer.starts_with(r#"ok "a: ThreadId"#)
            && !answer.contains(&format!("{:?}", thread::current().id()))
    );
}

#[test]
fn blocking_commands_do_not_wait_for_each_other() {
    let session = builder().runtime(Threads).build().unwrap().session(Principal::window("main"));
    let mut calls: Vec<_> = (0..3).map(|_| session.invoke_owned(Request::json("meet", b""))).collect();
    let mut lines = Vec::new();
    block_on(poll_fn(|context| {
        calls.retain_mut(|call| match Pin::new(call).poll(context) {
            Poll::Ready(reply) => {
                lines.push(line(&reply));
                false
            }
            Poll::Pending => true,
        });
        if calls.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert_eq!(lines, ["ok null"; 3]);
}

#[test]
fn l_panic_settles_a_blocking_command() {
    assert_eq!(line(&call(&session(), "panics", "")), "panicked");
}

#[test]
fn a_blocking_command_is_told_that_its_call_is_given_up() {
    let ended = Ended::default();
    let count = Arc::clone(&ended.0);
    let gate = Gate::new(&AUTHORITY).state(ended).state(Barrier::new(1)).state(Dropped::default());
    let session = gate.runtime(Threads).build().unwrap().session(Principal::window("main"));
    let mut call = Box::pin(session.invoke(Request::json("until_cancelled", b"")));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    // It begins and ends, or this test does not.
    let until = |steps| {
        while count.load(Ordering::SeqCst) < steps {
            thread::yield_now();
        }
    };
    until(1);
    drop(call);
    until(2);
}

/// An adapter may still refuse a call that it has made: for there are too many, say.
#[test]
fn a_blocking_command_that_nobody_waits_for_does_not_begin() {
    let (busy, ended) = (Busy::default(), Ended::default());
    let gate = Gate::new(&AUTHORITY).state(ended).state(Barrier::new(1)).state(Dropped::default());
    let gate = gate.runtime(busy.clone()).build().unwrap();
    let call = gate.session(Principal::window("main")).invoke_owned(Request::json("once", b""));
    drop(call.into_ready().unwrap_err());
    assert!(busy.0.lock().unwrap().is_empty());
}

/// `l_cancel_drops_future`: the arguments go at once, and the command costs nobody any time.
#[test]
fn l_cancel_drops_future_a_blocking_command_that_is_given_up_before_its_turn_does_not_begin() {
    let (busy, ended) = (Busy::default(), Ended::default());
    let count = Arc::clone(&ended.0);
    let gate = Gate::new(&AUTHORITY).state(ended).state(Barrier::new(1)).state(Dropped::default());
    let gate = gate.runtime(busy.clone()).timeout(Duration::from_secs(1)).build().unwrap();
    let mut call = Box::pin(gate.session(Principal::window("main")).invoke_owned(Request::json("once", b"")));
    drop(call.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    drop(call);
    let work = std::mem::take(&mut *busy.0.lock().unwrap());
    assert_eq!(work.len(), 1);
    for work in work {
        work();
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn l_panic_settles_a_call_whose_clock_panics() {
    let session = builder().runtime(Busy::default()).build().unwrap().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "never", "")), "panicked");
}

#[test]
fn what_may_take_for_ever_asks_no_clock() {
    let gate = builder().runtime(Busy::default()).timeout(Duration::MAX).build().unwrap();
    let session = gate.session(Principal::window("main"));
    let mut call = Box::pin(session.invoke_owned(Request::json("never_by_default", b"")));
    // The clock of this one panics.
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn what_runs_out_of_time_is_answered_and_dropped() {
    let dropped = Dropped::default();
    let seen = Arc::clone(&dropped.0);
    let gate = Gate::new(&AUTHORITY).state(Barrier::new(1)).state(Ended::default()).state(dropped);
    let session = gate.runtime(Threads).build().unwrap().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "never", "")), "timeout");
    assert!(seen.load(Ordering::SeqCst));
    assert_eq!(line(&call(&session, "too_long", "")), "timeout");
}

#[test]
fn what_says_nothing_has_the_time_that_the_gate_says() {
    let gate = builder().runtime(Threads).timeout(Duration::from_millis(20)).build().unwrap();
    let session = gate.session(Principal::window("main"));
    let begun = Instant::now();
    assert_eq!(line(&call(&session, "never_by_default", "")), "timeout");
    assert!(begun.elapsed() >= Duration::from_millis(20));
    assert_eq!(line(&call(&session, "in_its_own_time", "")), "ok 1");
    let through = call(&session, "through_a_channel_of_the_host", r#"{"channel":7}"#);
    assert_eq!(line(&through), "ok \"7\"");
}

#[test]
fn a_runtime_that_lets_work_fall_is_answered_for() {
    let session = builder().runtime(Gone).build().unwrap().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "thread_name", r#"{"text":""}"#)), "cancelled");
}

#[test]
fn a_gate_without_threads_and_a_clock_is_refused_by_name() {
    let error = builder().build().unwrap_err().to_string();
    for command in ["thread_name", "panics", "meet", "until_cancelled", "too_long"] {
        assert!(error.contains(&format!("command `{command}` is `blocking`")), "{error}");
    }
    assert!(
        error.contains("command `never` has a `timeout`") && error.contains("help: add `.runtime(..)`"),
        "{error}"
    );
    assert!(!error.contains("in_its_own_time"), "{error}");
}
