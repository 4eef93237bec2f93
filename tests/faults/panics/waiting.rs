//! Panics where a call waits: in the host's threads and its clock, and in the wakers of its executor.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use futures_util::stream;
use portcullis::{Attachment, Channel, Emitter, Event, Upload, prelude::*};
use portcullis_tests::{block_on, line, lines};
use serde::Serialize;

use crate::{
    audit::Watched,
    faulty::{Alarm, Bomb, a_moment},
    runtimes::{Clock, Does, Faulty, Threads},
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

/// How often work has begun.
#[derive(Clone, Default)]
struct Begun(Arc<AtomicUsize>);

#[command(public("a test"), blocking)]
fn works(begun: State<'_, Begun>) -> u8 {
    begun.0.fetch_add(1, Ordering::SeqCst);
    2
}

#[command(public("a test"), timeout = "none", blocking)]
fn works_for_ever(begun: State<'_, Begun>) -> u8 {
    begun.0.fetch_add(1, Ordering::SeqCst);
    2
}

#[command(public("a test"))]
async fn waits_a_moment() -> u8 {
    a_moment().await;
    3
}

#[command(public("a test"))]
async fn sends(items: Channel<u8>) -> u8 {
    items.send(&1).await.ok();
    a_moment().await;
    items.send(&2).await.ok();
    4
}

#[command(public("a test"))]
async fn reads_and_panics(file: Upload) {
    let mut file = file;
    let mut next = Box::pin(file.next());
    std::future::poll_fn(|context| {
        assert!(next.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    panic!("on purpose")
}

#[command(public("a test"))]
async fn reads(file: Upload) {
    let mut file = file;
    while file.next().await.is_some() {}
}

/// Time has passed.
#[derive(Serialize, Event)]
#[event(public("a test"))]
struct Tick(u8);

#[command(public("a test"))]
fn pass(number: u8, ticks: Emitter<Tick>) {
    ticks.emit(&Tick(number));
}

static AUTHORITY: Authority = authority! {
    commands: [well, works, works_for_ever, waits_a_moment, sends, reads_and_panics, reads, pass],
    events: [Tick],
    windows: ["main"],
};

fn on(does: Does, clock: Clock) -> (Watched, Faulty, Begun) {
    let (runtime, begun) = (Faulty::new(does, clock), Begun::default());
    (Watched::new(Gate::new(&AUTHORITY).runtime(runtime.clone()).state(begun.clone())), runtime, begun)
}

#[test]
fn threads_that_panic_before_the_work() {
    let (watched, _, begun) = on(Does::Panics, Clock::StandsStill);
    watched.panics("works", "", &["panicked"]);
    assert_eq!(begun.0.load(Ordering::SeqCst), 0);
}

/// The host has failed after the command has ended: what it says of the call is not known to be so.
#[test]
fn threads_that_panic_after_the_work() {
    let (watched, _, begun) = on(Does::RunsItAndPanics, Clock::StandsStill);
    watched.panics("works", "", &["panicked"]);
    assert_eq!(begun.0.load(Ordering::SeqCst), 2);
}

#[test]
fn threads_that_run_the_work_where_they_are_asked_to() {
    let (watched, _, _) = on(Does::RunsIt, Clock::StandsStill);
    assert_eq!(watched.call("works", ""), ["ok 2"]);
    watched.serves();
}

#[test]
fn threads_that_let_the_work_fall() {
    let (watched, _, begun) = on(Does::DropsIt, Clock::StandsStill);
    assert_eq!(watched.call("works", ""), ["cancelled"]);
    assert_eq!(begun.0.load(Ordering::SeqCst), 0);
    watched.serves();
}

#[test]
fn threads_that_never_come_to_the_work() {
    let (watched, runtime, begun) = on(Does::KeepsIt, Clock::Races);
    assert_eq!(watched.call("works", ""), ["timeout"]);
    // Later is too late.
    for work in std::mem::take(&mut *runtime.kept.lock().unwrap()) {
        work();
    }
    assert_eq!(begun.0.load(Ordering::SeqCst), 0);
    let _ = watched.told();
    watched.serves();
}

/// What may take for ever waits for it, and is given up by whoever does not.
#[test]
fn threads_that_never_come_to_what_may_take_for_ever() {
    let (watched, runtime, begun) = on(Does::KeepsIt, Clock::Races);
    let mut call = Box::pin(watched.session.invoke_owned(Request::json("works_for_ever", b"")));
    for _ in 0..3 {
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    drop(call);
    drop(std::mem::take(&mut *runtime.kept.lock().unwrap()));
    assert_eq!(begun.0.load(Ordering::SeqCst), 0);
    watched.serves();
}

/// A thread of the host's is not ended by what it lets go: here, the last that holds a value which panics then.
#[test]
fn work_that_is_left_behind_panics_when_it_goes_and_its_thread_does_not() {
    for (give_up, run) in [(true, true), (true, false), (false, true), (false, false)] {
        let runtime = Faulty::new(Does::KeepsIt, Clock::StandsStill);
        let gate =
            Gate::new(&AUTHORITY).runtime(runtime.clone()).state(Begun::default()).state(Bomb).explain(false);
        let session = gate.build().unwrap().session(Principal::window("main"));
        let mut call = Box::pin(session.invoke_owned(Request::json("works", b"")));
        drop(session);
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let work = runtime.kept.lock().unwrap().pop().unwrap();
        let call = if give_up {
            drop(call);
            None
        } else {
            Some(call)
        };
        let thread = catch_unwind(AssertUnwindSafe(|| if run { work() } else { drop(work) }));
        assert!(thread.is_ok(), "given up: {give_up}, run: {run}");
        if let Some(call) = call {
            // The value goes with the command's own end.
            assert_eq!(line(&block_on(call)), if run { "panicked" } else { "cancelled" });
        }
    }
}

#[test]
fn a_clock_that_panics_when_it_is_set_or_asked() {
    for clock in [Clock::PanicsWhenSet, Clock::PanicsWhenAsked] {
        let (watched, _, _) = on(Does::RunsIt, clock);
        watched.panics("waits_a_moment", "", &["panicked"]);
    }
}

#[test]
fn a_clock_that_panics_when_it_goes() {
    let (watched, _, _) = on(Does::RunsIt, Clock::PanicsWhenGone { over: false });
    assert_eq!(watched.call("waits_a_moment", ""), ["ok 3"]);
    let mut call = Box::pin(watched.session.invoke(Request::json("waits_a_moment", b"")));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(call);
    watched.serves();

    let (watched, _, _) = on(Does::RunsIt, Clock::PanicsWhenGone { over: true });
    assert_eq!(watched.call("waits_a_moment", ""), ["timeout"]);
    let _ = watched.told();
    watched.serves();
}

fn alarm(and_when_it_goes: bool) -> Waker {
    Waker::from(Arc::new(Alarm { and_when_it_goes }))
}

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads).state(Begun::default()))
}

/// Bytes that do not come.
fn never() -> Attachment {
    Attachment::Stream(Upload::new(stream::pending()))
}

/// The reader of an upload is woken when its call goes: here while its command panics, where a second panic would end the
/// program.
#[test]
fn a_waker_that_panics_when_a_call_goes() {
    let watched = watched();
    let waker = alarm(false);
    let mut context = Context::from_waker(&waker);
    let request = || Request::json("reads_and_panics", b"").attached(never());
    for _ in 0..2 {
        let mut call = Box::pin(watched.session.invoke_owned(request()));
        let Poll::Ready(reply) = call.as_mut().poll(&mut context) else { panic!("it panics at once") };
        assert_eq!(line(&reply), "panicked");
        let mut call = Box::pin(watched.session.invoke_owned(Request::json("reads", b"").attached(never())));
        assert!(call.as_mut().poll(&mut context).is_pending());
        drop(call);
        watched.serves();
    }
}

/// Under no lock of ours: the lock is there for the next.
#[test]
fn a_waker_that_panics_when_it_is_let_go() {
    let watched = watched();
    let request = Request::json("reads", b"").attached(never());
    let mut call = Box::pin(watched.session.invoke_owned(request));
    {
        let waker = alarm(true);
        assert!(call.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        // Now the call has the last of it, which goes when it is asked by another.
        drop(waker);
    }
    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(reply) = polled else { panic!("the panic ends the call") };
    assert_eq!(line(&reply), "panicked");
    watched.serves();
}

/// That one executor fails to wake its own is not for who emits, nor for others who listen.
#[test]
fn a_listener_whose_waker_panics_harms_nobody_else() {
    let watched = watched();
    let mut listeners = [(); 3].map(|()| watched.session.listen("tick").unwrap());
    let bad = alarm(false);
    let mut text = Vec::new();
    for (index, listener) in listeners.iter_mut().enumerate() {
        let waker = if index == 1 { &bad } else { Waker::noop() };
        assert!(listener.poll_lines(&mut Context::from_waker(waker), &mut text, 1).is_pending());
    }
    for number in 0..3 {
        assert_eq!(watched.call("pass", &format!(r#"{{"number":{number}}}"#)), ["ok null"]);
        assert!(watched.told().is_empty());
        for listener in &mut listeners {
            text.clear();
            assert!(block_on(listener.lines(&mut text, 1)));
            assert_eq!(text, format!("i{number}\n").into_bytes());
        }
    }
    watched.serves();
}

/// A command that sends wakes who reads, in the one future that both are: with a waker that panics, it cannot go on.
#[test]
fn a_call_that_sends_under_a_waker_that_panics_is_answered() {
    let watched = watched();
    let mut call = Box::pin(watched.session.invoke_owned(Request::json("sends", b"")));
    let waker = alarm(false);
    let polled = call.as_mut().poll(&mut Context::from_waker(&waker));
    let Poll::Ready(reply) = polled else { panic!("a command with channels is answered at once") };
    // `a_moment` wakes with the first poll, and so its panic is the command's.
    let lines = lines(reply);
    assert!(lines.len() == 2 && lines[0] == "citems 1", "{lines:?}");
    assert!(lines[1].starts_with(r#"f{"code":"panicked""#), "{lines:?}");
    assert_eq!(watched.call("sends", ""), ["citems 1", "citems 2", "o4"]);
    watched.serves();
}

/// The answer of work on another thread is there, whether or not who waits for it could be woken.
#[test]
fn a_waker_that_panics_when_work_is_done() {
    let (watched, runtime, _) = on(Does::KeepsIt, Clock::StandsStill);
    let mut call = Box::pin(watched.session.invoke_owned(Request::json("works", b"")));
    let waker = alarm(false);
    assert!(call.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    let work = runtime.kept.lock().unwrap().pop().unwrap();
    assert!(catch_unwind(AssertUnwindSafe(work)).is_ok(), "the thread goes on");
    assert_eq!(line(&block_on(call)), "ok 2");
    watched.serves();
}
