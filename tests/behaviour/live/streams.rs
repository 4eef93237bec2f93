//! What a command returns as a stream: pulled, bounded by whoever pulls, with an end, an error, and no panic that escapes.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use portcullis::{Streaming, prelude::*};
use portcullis_tests::{block_on, call, line, lines};
use serde::Serialize;

/// How many items have been made, and how many streams have been dropped.
#[derive(Default)]
struct Seen {
    made: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

/// Numbers, one for each time that it is asked.
struct Numbers {
    next: usize,
    end: usize,
    made: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

impl futures_core::Stream for Numbers {
    type Item = usize;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<usize>> {
        if self.next == self.end {
            return Poll::Ready(None);
        }
        self.next += 1;
        self.made.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(self.next))
    }
}

impl Drop for Numbers {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

/// Whatever a closure gives.
struct From<F>(F);

impl<T, F: FnMut() -> Option<T> + Unpin> futures_core::Stream for From<F> {
    type Item = T;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready((self.0)())
    }
}

#[portcullis::command(public("a test"))]
fn count(to: usize, seen: State<'_, Seen>) -> Streaming<usize> {
    let (made, dropped) = (Arc::clone(&seen.made), Arc::clone(&seen.dropped));
    Streaming::new(Numbers { next: 0, end: to, made, dropped })
}

#[portcullis::command(public("a test"))]
async fn perhaps(start: bool) -> Result<Streaming<String, u8>, String> {
    if !start {
        return Err("not today".to_owned());
    }
    let mut left = vec![Err(7), Ok("b\n".to_owned()), Ok("a".to_owned())];
    Ok(Streaming::fallible(From(move || left.pop())))
}

/// Nothing that JSON has a form for.
struct Unspeakable;

impl Serialize for Unspeakable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no"))
    }
}

#[portcullis::command(public("a test"))]
fn unspeakable() -> Streaming<Unspeakable> {
    Streaming::new(From(|| Some(Unspeakable)))
}

#[portcullis::command(public("a test"))]
fn panics() -> Streaming<u8> {
    let mut first = true;
    Streaming::new(From(move || {
        assert!(std::mem::take(&mut first), "the second item");
        Some(1)
    }))
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [count, perhaps, unspeakable, panics],
    windows: ["main"],
};

fn session() -> (Session, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let seen = Seen::default();
    let (made, dropped) = (Arc::clone(&seen.made), Arc::clone(&seen.dropped));
    let gate = Gate::new(&AUTHORITY).state(seen).explain(false).build().unwrap();
    (gate.session(Principal::window("main")), made, dropped)
}

fn said(command: &str, arguments: &str) -> Vec<String> {
    lines(call(&session().0, command, arguments))
}

#[test]
fn items_are_lines_and_the_end_is_one_too() {
    assert_eq!(said("count", r#"{"to":3}"#), ["i1", "i2", "i3", "z"]);
    assert_eq!(said("count", r#"{"to":0}"#), ["z"]);
}

#[test]
fn what_is_wrong_before_the_first_item_is_a_reply_like_any_other() {
    assert_eq!(said("perhaps", r#"{"start":false}"#), [r#"error "not today""#]);
    assert!(said("perhaps", "{}")[0].starts_with("invalid: missing argument `start`"));
}

#[test]
fn an_error_of_a_stream_ends_it() {
    assert_eq!(said("perhaps", r#"{"start":true}"#), [r#"i"a""#, r#"i"b\n""#, "e7"]);
}

#[test]
fn an_item_that_cannot_be_told_ends_the_stream_with_a_failure() {
    let lines = said("unspeakable", "");
    assert!(lines.len() == 1 && lines[0].starts_with(r#"f{"code":"internal","id":"#), "{lines:?}");
}

#[test]
fn l_panic_settles_a_stream() {
    let lines = said("panics", "");
    assert_eq!(lines.len(), 2);
    assert!(lines[0] == "i1" && lines[1].starts_with(r#"f{"code":"panicked","id":"#), "{lines:?}");
}

#[test]
fn no_more_is_made_than_is_asked_for() {
    let (session, made, dropped) = session();
    let Reply::Stream(mut stream) = call(&session, "count", r#"{"to":1000000}"#) else { panic!() };
    assert_eq!(made.load(Ordering::SeqCst), 0, "nobody has asked yet");
    let mut text = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(stream.poll_lines(&mut context, &mut text, 100), Poll::Ready(true));
    assert!((100..110).contains(&text.len()), "whole lines, and no more than there is room for");
    assert_eq!(made.load(Ordering::SeqCst), String::from_utf8(text).unwrap().lines().count());
    assert_eq!(dropped.load(Ordering::SeqCst), 0);
    drop(stream);
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
}

#[test]
fn a_stream_that_is_over_says_so_again() {
    let (session, _, dropped) = session();
    let Reply::Stream(mut stream) = call(&session, "count", r#"{"to":1}"#) else { panic!() };
    let mut text = Vec::new();
    assert!(!block_on(stream.lines(&mut text, 1000)));
    assert_eq!(dropped.load(Ordering::SeqCst), 1, "with its end, and not with its reader");
    assert!(!block_on(stream.lines(&mut text, 1000)));
    assert_eq!(text, b"i1\nz\n");
}

#[test]
fn a_command_that_streams_is_still_a_function() {
    let seen = Seen::default();
    let mut stream = count(2, State::new(&seen));
    let mut next =
        || block_on(std::future::poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut stream), cx)));
    let one: Option<Result<usize, portcullis::Never>> = next();
    assert!(one == Some(Ok(1)) && next() == Some(Ok(2)) && next().is_none());
}

#[test]
fn a_denied_stream_is_denied_like_any_call() {
    let gate = Gate::new(&AUTHORITY).state(Seen::default()).explain(false).build().unwrap();
    assert_eq!(line(&call(&gate.session(Principal::window("other")), "count", r#"{"to":1}"#)), "denied");
}
