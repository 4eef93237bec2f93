//! Panics when something goes: an argument, a result, a future, a stream, a session's value, what came with a call.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use futures_util::stream;
use portcullis::{Attachment, Channel, Download, Streaming, Upload, prelude::*};
use portcullis_tests::{block_on, line};

use crate::{
    audit::Watched,
    faulty::{Bomb, EndsBadly, From, a_moment},
    runtimes::{Clock, Does, Faulty, Threads},
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn an_argument(value: Bomb) {
    drop(value);
}

#[command(public("a test"))]
fn a_lent_argument(value: &Bomb) {
    let _ = value;
}

#[command(public("a test"))]
fn the_result(value: Option<u8>) -> Bomb {
    let _ = value;
    Bomb
}

#[command(public("a test"))]
async fn the_error() -> Result<u8, Bomb> {
    a_moment().await;
    Err(Bomb)
}

#[command(public("a test"), blocking)]
fn the_result_elsewhere() -> Bomb {
    Bomb
}

#[command(public("a test"))]
async fn a_future() -> u8 {
    let _bomb = Bomb;
    a_moment().await;
    1
}

#[command(public("a test"))]
async fn waits() {
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
async fn waits_a_moment() -> u8 {
    a_moment().await;
    2
}

#[command(public("a test"))]
async fn a_future_that_waits() {
    let _bomb = Bomb;
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
async fn a_future_that_sends(items: Channel<u8>) {
    let _bomb = Bomb;
    items.send(&1).await.ok();
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
fn an_item() -> Streaming<Bomb> {
    Streaming::new(From(|| Some(Bomb)))
}

#[command(public("a test"))]
fn a_stream(left: u8) -> Streaming<u8> {
    Streaming::new(EndsBadly { left, _bomb: Bomb })
}

#[command(public("a test"))]
async fn a_stream_after_items(items: Channel<u8>) -> Streaming<u8> {
    items.send(&7).await.ok();
    Streaming::new(EndsBadly { left: 1, _bomb: Bomb })
}

#[command(public("a test"))]
fn a_download() -> Download {
    let bomb = Bomb;
    let mut left = 1_u8;
    Download::new(stream::poll_fn(move |_| {
        let _held = &bomb;
        let next = left.checked_sub(1);
        Poll::Ready(next.map(|next| {
            left = next;
            Ok(bytes::Bytes::from_static(b"x"))
        }))
    }))
}

#[command(public("a test"))]
async fn an_upload(file: Upload) -> u8 {
    drop(file);
    1
}

static AUTHORITY: Authority = authority! {
    commands: [
        well, waits, waits_a_moment, an_argument, a_lent_argument, the_result, the_error, the_result_elsewhere, a_future, a_future_that_waits,
        a_future_that_sends, an_item, a_stream, a_stream_after_items, a_download, an_upload,
    ],
    windows: ["main", "other"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads))
}

/// What the log has since the last time: a panic that no answer could tell of.
#[track_caller]
fn told_once(watched: &Watched) {
    let told = watched.told();
    assert!(told.len() == 1 && told[0].starts_with("the command panicked: on purpose"), "{told:?}");
}

#[test]
fn when_an_argument_goes() {
    watched().panics("an_argument", r#"{"value":null}"#, &["panicked"]);
    watched().panics("a_lent_argument", r#"{"value":null}"#, &["panicked"]);
}

#[test]
fn when_a_result_or_an_error_goes() {
    for command in ["the_result", "the_error", "the_result_elsewhere"] {
        watched().panics(command, "", &["panicked"]);
    }
}

#[test]
fn when_what_a_future_holds_goes() {
    watched().panics("a_future", "", &["panicked"]);
}

#[test]
fn when_an_item_goes() {
    watched().panics("an_item", "", &["f panicked"]);
}

/// Everything has been said by then, so the answer stays what it is.
#[test]
fn when_a_stream_goes_at_its_end() {
    let watched = watched();
    assert_eq!(watched.call("a_stream", r#"{"left":2}"#), ["i1", "i0", "z"]);
    told_once(&watched);
    assert_eq!(watched.call("a_stream_after_items", ""), ["citems 7", "i0", "z"]);
    told_once(&watched);
    watched.serves();
}

#[test]
fn when_a_call_is_given_up() {
    let watched = watched();
    watched.while_told(|| {
        for command in ["a_future_that_waits", "a_future_that_sends"] {
            let mut call = Box::pin(watched.session.invoke_owned(Request::json(command, b"")));
            let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            drop((polled, call));
            told_once(&watched);
        }
        let Reply::Stream(mut stream) =
            block_on(watched.session.invoke(Request::json("a_stream", br#"{"left":9}"#)))
        else {
            panic!("no stream")
        };
        let mut text = Vec::new();
        assert!(block_on(stream.lines(&mut text, 1)));
        drop(stream);
        told_once(&watched);
    });
    watched.serves();
}

#[test]
fn when_a_call_runs_out_of_time() {
    let runtime = Faulty::new(Does::RunsIt, Clock::Races);
    let watched = Watched::new(Gate::new(&AUTHORITY).runtime(runtime));
    assert_eq!(watched.call("a_future_that_waits", ""), ["timeout"]);
    let told = watched.told();
    assert!(told.len() == 2 && told[0].starts_with("the command panicked: "), "and the time: {told:?}");
    watched.serves();
}

#[test]
fn when_a_download_goes() {
    let watched = watched();
    watched.while_told(|| {
        for whole in [true, false] {
            let reply = block_on(watched.session.invoke(Request::json("a_download", b"")));
            let Reply::Download(mut download) = reply else { panic!("no download") };
            if whole {
                let mut next = || {
                    let next = |context: &mut Context<'_>| {
                        futures_core::Stream::poll_next(Pin::new(&mut download), context)
                    };
                    block_on(std::future::poll_fn(next)).map(Result::unwrap)
                };
                assert_eq!(next().as_deref(), Some(&b"x"[..]));
                assert_eq!(next(), None);
            }
            drop(download);
            told_once(&watched);
        }
    });
    watched.serves();
}

/// Bytes that come with a call, whose stream panics when it goes.
fn attachment() -> Attachment {
    let bomb = Bomb;
    Attachment::Stream(Upload::new(stream::poll_fn(move |_| {
        let _held = &bomb;
        Poll::Pending
    })))
}

/// A value that comes with a call, and panics when it goes.
struct Given {
    _bomb: Bomb,
}

#[test]
fn when_what_came_with_a_call_goes() {
    let watched = watched();
    let given = || Arc::new(Given { _bomb: Bomb });
    let answer = |request: Request<'_>| {
        let answer = line(&block_on(watched.session.invoke_owned(request)));
        assert_eq!(watched.denials().len(), usize::from(answer == "denied"));
        watched.serves();
        answer
    };
    let request = || Request::json("an_upload", b"").attached(attachment());
    assert_eq!(answer(request()), "panicked", "in the command");
    assert_eq!(answer(Request::json("an_upload", b"").with(given())), "panicked", "with the call");
    // Nobody takes it: it goes with a call that is over, or that was never let in.
    for command in ["well", "unheard_of"] {
        let expected = if command == "well" { "ok 1" } else { "denied" };
        assert_eq!(answer(Request::json(command, b"").with(given())), expected);
    }
    let (unread, unheard) = (Request::json("well", b""), Request::json("unheard_of", b""));
    assert_eq!(answer(unread.attached(attachment())), "ok 1");
    assert_eq!(answer(unheard.attached(attachment())), "denied");
    drop(request().with(given()));
    watched.serves();
}

/// A value of the gate or of a session goes with the last that holds it. If that is a call, it is the call's.
#[test]
fn when_state_goes_with_the_last_call() {
    let held = || Gate::new(&AUTHORITY).state(Bomb).runtime(Threads).explain(false).build().unwrap();
    let session = held().session(Principal::window("main"));
    let mut call = Box::pin(session.invoke_owned(Request::json("waits", b"")));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(session);
    drop(call);

    // (In `let`s of their own: a gate in the head of the loop would outlive the loop.)
    let of_the_gate = held().session(Principal::window("main"));
    let of_the_session = watched().session.with(Bomb);
    for session in [of_the_gate, of_the_session] {
        let call = session.invoke_owned(Request::json("waits_a_moment", b""));
        drop(session);
        assert_eq!(line(&block_on(call)), "panicked");
    }
}

/// What the host lets go of itself is the host's own code.
#[test]
fn when_state_goes_with_the_gate_the_panic_is_the_hosts() {
    let gate = Gate::new(&AUTHORITY).state(Bomb).runtime(Threads).explain(false).build().unwrap();
    let session = gate.session(Principal::window("main"));
    drop(gate);
    assert_eq!(line(&block_on(session.invoke(Request::json("well", b"")))), "ok 1");
    assert!(catch_unwind(AssertUnwindSafe(|| drop(session))).is_err());
}
