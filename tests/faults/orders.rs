//! What comes in the wrong order: giving up before the beginning and after the end, switching off in the middle, and letting go of
//! what is in use.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
};

use portcullis::{Cancellation, Channel, Code, Emitter, Event, Stream, Streaming, prelude::*};
use portcullis_tests::{block_on, call, line, lines};
use serde::Serialize;

use crate::{
    audit::Watched,
    faulty::{From, a_moment},
    runtimes::Threads,
};

/// Count notes.
#[derive(Permission)]
#[permission(id = "notes:count")]
struct CountNotes;

/// Read notes: switched on by the host.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// How often something has begun, and how often it has gone again.
#[derive(Clone, Default)]
struct Seen {
    begun: Arc<AtomicUsize>,
    gone: Arc<AtomicUsize>,
}

impl Seen {
    fn begin(&self) -> Here {
        self.begun.fetch_add(1, Ordering::SeqCst);
        Here(Arc::clone(&self.gone))
    }

    fn both(&self) -> (usize, usize) {
        (self.begun.load(Ordering::SeqCst), self.gone.load(Ordering::SeqCst))
    }
}

struct Here(Arc<AtomicUsize>);

impl Drop for Here {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn at_once(seen: State<'_, Seen>) -> u8 {
    drop(seen.begin());
    2
}

#[command(public("a test"))]
async fn later(seen: State<'_, Seen>) -> u8 {
    let _here = seen.begin();
    a_moment().await;
    3
}

#[command(public("a test"))]
async fn never(seen: State<'_, Seen>) {
    let _here = seen.begin();
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
async fn sends(items: Channel<u8>, seen: State<'_, Seen>) -> u8 {
    let _here = seen.begin();
    for item in 0..40 {
        if items.send(&item).await.is_err() {
            break;
        }
    }
    4
}

#[command(public("a test"), blocking, timeout = "none")]
fn meets(doors: State<'_, Doors>, seen: State<'_, Seen>, cancellation: Cancellation) -> bool {
    let _here = seen.begin();
    doors.0.wait();
    doors.1.wait();
    cancellation.is_cancelled()
}

/// Where a command comes in, and where it is let out.
#[derive(Clone)]
struct Doors(Arc<Barrier>, Arc<Barrier>);

#[command(permission(ReadNotes))]
fn stream_notes(seen: State<'_, Seen>) -> Streaming<u32> {
    let here = seen.begin();
    let mut next = 0;
    Streaming::new(From(move || {
        let _here = &here;
        next += 1;
        (next < 5).then_some(next)
    }))
}

#[command(permission(ReadNotes))]
fn read() -> u8 {
    5
}

/// A note is another than it was.
#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct NoteChanged(u32);

/// How many there are.
#[derive(Serialize, Event)]
#[event(permission(CountNotes))]
struct Counted(u32);

#[command(permission(CountNotes))]
fn count(number: u32, counted: Emitter<Counted>) {
    counted.emit(&Counted(number));
}

static AUTHORITY: Authority = authority! {
    commands: [well, at_once, later, never, sends, meets, stream_notes, read, count],
    events: [NoteChanged, Counted],
    capabilities: ["faults/capabilities/orders/main.json"],
    windows: ["main"],
};

fn watched() -> (Watched, Seen, Doors) {
    let (seen, doors) = (Seen::default(), Doors(Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2))));
    let gate = Gate::new(&AUTHORITY).state(seen.clone()).state(doors.clone()).runtime(Threads);
    (Watched::new(gate), seen, doors)
}

fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// What has come so far.
fn heard(stream: &mut Stream) -> String {
    let mut text = Vec::new();
    while stream.poll_lines(&mut context(), &mut text, 1) == Poll::Ready(true) {}
    String::from_utf8(text).unwrap().replace('\n', " ").trim().to_owned()
}

/// `l_cancel_drops_future`: a plain `fn` has run by then, and nothing else has begun.
#[test]
fn a_call_that_is_given_up_before_its_first_poll_has_not_begun() {
    let (watched, seen, _) = watched();
    for (command, begun) in [("later", 0), ("never", 0), ("sends", 0), ("meets", 0), ("at_once", 2)] {
        drop(watched.session.invoke(Request::json(command, b"")));
        drop(watched.session.invoke_owned(Request::json(command, b"")));
        assert_eq!(seen.both(), (begun, begun), "{command}");
    }
    watched.serves();
}

#[test]
fn a_call_that_is_given_up_after_its_end_has_its_answer() {
    let (watched, seen, _) = watched();
    for command in ["at_once", "later"] {
        let mut call = Box::pin(watched.session.invoke_owned(Request::json(command, b"")));
        let answer = block_on(call.as_mut());
        drop(call);
        assert!(line(&answer).starts_with("ok "), "{command}");
    }
    assert_eq!(seen.both(), (2, 2));
}

/// A fault of an executor: it is told so, again and again, and nothing runs twice.
#[test]
fn a_call_that_is_asked_after_its_end_says_so() {
    let (watched, seen, _) = watched();
    for (command, begun) in [("at_once", 1), ("later", 2), ("sends", 3)] {
        let mut call = Box::pin(watched.session.invoke_owned(Request::json(command, b"")));
        drop(block_on(call.as_mut()));
        for _ in 0..3 {
            let Poll::Ready(reply) = call.as_mut().poll(&mut context()) else {
                panic!("it waits for nothing")
            };
            assert_eq!(line(&reply), "internal", "{command}");
        }
        assert_eq!(seen.both(), (begun, begun), "{command}");
    }
    watched.serves();
}

#[test]
fn a_reply_in_parts_may_be_let_go_at_any_moment() {
    let (watched, seen, _) = watched();
    watched.session.switch_on::<ReadNotes>().unwrap();
    for command in ["sends", "stream_notes"] {
        for pulls in 0..50 {
            let before = seen.both().0;
            let Reply::Stream(mut stream) =
                block_on(watched.session.invoke_owned(Request::json(command, b"")))
            else {
                panic!("no stream")
            };
            let mut text = Vec::new();
            for _ in 0..pulls {
                block_on(stream.lines(&mut text, 1));
            }
            drop(stream);
            assert_eq!(seen.both(), (before + 1, before + 1), "{command}, {pulls}");
        }
    }
    watched.serves();
}

#[test]
fn a_permission_that_is_switched_off_while_a_stream_comes() {
    let (watched, _, _) = watched();
    watched.session.switch_on::<ReadNotes>().unwrap();
    let Reply::Stream(mut stream) = call(&watched.session, "stream_notes", "") else { panic!("no stream") };
    let mut text = Vec::new();
    assert!(block_on(stream.lines(&mut text, 1)));
    watched.session.switch_off::<ReadNotes>();
    watched.session.switch_off::<ReadNotes>();
    assert_eq!(watched.call("stream_notes", ""), ["denied"]);
    // What was let through before goes on.
    assert!(!block_on(stream.lines(&mut text, 1000)));
    assert_eq!(text, b"i1\ni2\ni3\ni4\nz\n");
}

#[test]
fn a_permission_that_is_switched_off_while_a_listener_waits() {
    let (watched, _, _) = watched();
    let changed = watched.gate.emitter::<NoteChanged>().unwrap();
    watched.session.switch_on::<ReadNotes>().unwrap();
    let mut listener = watched.session.listen("note_changed").unwrap();
    changed.emit(&NoteChanged(1));
    assert_eq!(heard(&mut listener), "i1");
    watched.session.switch_off::<ReadNotes>();
    changed.emit(&NoteChanged(2));
    assert_eq!(heard(&mut listener), "");
    assert_eq!(watched.session.listen("note_changed").unwrap_err().code(), Code::Denied);
    watched.session.switch_on::<ReadNotes>().unwrap();
    changed.emit(&NoteChanged(3));
    assert_eq!(heard(&mut listener), "i3");
}

#[test]
fn a_session_that_is_let_go_while_its_call_blocks() {
    let (watched, seen, doors) = watched();
    let Watched { gate, session, .. } = watched;
    let mut call = Box::pin(session.invoke_owned(Request::json("meets", b"")));
    assert!(call.as_mut().poll(&mut context()).is_pending());
    drop((session, gate));
    doors.0.wait();
    doors.1.wait();
    assert_eq!(line(&block_on(call)), "ok false", "nobody has given it up");
    assert_eq!(seen.both(), (1, 1));
}

#[test]
fn a_call_that_is_given_up_while_it_blocks_ends_where_it_is() {
    let (watched, seen, doors) = watched();
    let mut call = Box::pin(watched.session.invoke_owned(Request::json("meets", b"")));
    assert!(call.as_mut().poll(&mut context()).is_pending());
    doors.0.wait();
    drop(call);
    assert_eq!(seen.both(), (1, 0));
    watched.serves();
    doors.1.wait();
    // It ends, or this test does not.
    while seen.both() != (1, 1) {
        thread::yield_now();
    }
    watched.serves();
}

#[test]
fn a_gate_that_is_let_go_before_what_it_has_opened() {
    let (watched, _, _) = watched();
    let Watched { gate, session, .. } = watched;
    let counted = gate.emitter::<Counted>().unwrap();
    let mut listener = session.listen("counted").unwrap();
    let Reply::Stream(mut stream) = call(&session, "sends", "") else { panic!("no stream") };
    drop(gate);
    assert_eq!(line(&call(&session, "well", "")), "ok 1");
    let calling = session.invoke_owned(Request::json("later", b""));
    drop(session);
    counted.emit(&Counted(7));
    assert_eq!(heard(&mut listener), "i7");
    assert_eq!(line(&block_on(calling)), "ok 3");
    let mut text = Vec::new();
    while block_on(stream.lines(&mut text, 1)) {}
    assert!(text.ends_with(b"citems 39\no4\n"));
    drop(listener);
    // Nobody is there any more, and to emit is no fault.
    counted.emit(&Counted(8));
}

/// Whoever listens all the time hears all of it, in order, or is told how much is lost; whoever comes and goes harms nobody.
#[test]
fn listeners_that_come_and_go_while_it_is_emitted() {
    const EVENTS: u32 = 3_000;
    let (watched, _, _) = watched();
    let mut steady = watched.session.listen("counted").unwrap();
    let (session, over, started) = (&watched.session, AtomicBool::new(false), Barrier::new(4));
    let text = thread::scope(|scope| {
        let (over, started) = (&over, &started);
        for _ in 0..2 {
            scope.spawn(move || {
                started.wait();
                let mut text = Vec::new();
                while !over.load(Ordering::SeqCst) {
                    let mut passing = session.listen("counted").unwrap();
                    text.clear();
                    let _ = passing.poll_lines(&mut context(), &mut text, 1000);
                }
            });
        }
        scope.spawn(move || {
            started.wait();
            for number in 0..EVENTS {
                let arguments = format!(r#"{{"number":{number}}}"#);
                assert_eq!(line(&call(session, "count", &arguments)), "ok null");
            }
        });
        started.wait();
        let mut text = Vec::new();
        while !text.ends_with(format!("i{}\n", EVENTS - 1).as_bytes()) {
            assert!(block_on(steady.lines(&mut text, 1)));
        }
        over.store(true, Ordering::SeqCst);
        String::from_utf8(text).unwrap()
    });
    let mut next = 0;
    for line in text.lines() {
        match line.split_at(1) {
            ("i", number) => {
                assert_eq!(number.parse(), Ok(next));
                next += 1;
            }
            ("g", lost) => next += lost.parse::<u32>().unwrap(),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(next, EVENTS);
}

/// Calls and sessions under way while a grant goes on and off: each is decided one way or the other, and the last word counts.
#[test]
fn an_optional_grant_that_is_switched_while_calls_and_sessions_come_and_go() {
    const ROUNDS: u32 = 50;
    let (watched, _, _) = watched();
    let (gate, session, starts) = (&watched.gate, &watched.session, Barrier::new(3));
    thread::scope(|scope| {
        for own in [true, false] {
            let starts = &starts;
            scope.spawn(move || {
                for _ in 0..ROUNDS {
                    starts.wait();
                    let session = if own { gate.session(Principal::window("main")) } else { session.clone() };
                    let answer = line(&call(&session, "read", ""));
                    assert!(answer == "denied" || (answer == "ok 5" && !own), "{answer}");
                    let lines = lines(call(&session, "stream_notes", ""));
                    assert!(lines == ["denied"] || (lines.len() == 5 && !own), "{lines:?}");
                }
            });
        }
        for _ in 0..ROUNDS {
            session.switch_on::<ReadNotes>().unwrap();
            assert!(session.may_call("read"));
            starts.wait();
            session.switch_off::<ReadNotes>();
            assert!(!session.may_call("read"));
        }
    });
    assert_eq!(line(&call(session, "read", "")), "denied");
    let _ = watched.denials();
    watched.serves();
}
