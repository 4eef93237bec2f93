//! Panics while what a command gives back is written: its result, its error, an item, an event.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Poll, Waker},
};

use portcullis::{Channel, Emitter, Event, Stream, Streaming, prelude::*};
use serde::Serialize;

use crate::{
    audit::Watched,
    faulty::{From, Unwritable},
    runtimes::Threads,
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn the_result() -> Vec<Unwritable> {
    vec![Unwritable]
}

#[command(public("a test"))]
async fn the_error() -> Result<(), Unwritable> {
    Err(Unwritable)
}

#[command(public("a test"), blocking)]
fn the_result_elsewhere() -> Result<Unwritable, String> {
    Ok(Unwritable)
}

/// Can be written, and not be shown.
#[derive(Serialize)]
struct Unspeakable;

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("on purpose, when it is shown")
    }
}

impl fmt::Debug for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("on purpose, when it is shown")
    }
}

#[command(public("a test"))]
fn an_error_that_cannot_be_shown() -> Result<(), Unspeakable> {
    Err(Unspeakable)
}

/// Is an item up to a number, and cannot be one then.
struct Until(u8);

impl Serialize for Until {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        assert!(self.0 < 2, "on purpose, when it is written");
        serializer.serialize_u8(self.0)
    }
}

fn until() -> impl FnMut() -> Option<Until> + Send + Unpin {
    let mut next = 0;
    move || {
        next += 1;
        Some(Until(next - 1))
    }
}

#[command(public("a test"))]
fn an_item_of_a_stream() -> Streaming<Until> {
    Streaming::new(From(until()))
}

#[command(public("a test"))]
fn the_error_of_a_stream() -> Streaming<u8, Unwritable> {
    let mut items = vec![Err(Unwritable), Ok(1)];
    Streaming::fallible(From(move || items.pop()))
}

#[command(public("a test"))]
async fn an_item_of_a_channel(items: Channel<Until>) {
    for number in 0..3 {
        items.send(&Until(number)).await.ok();
    }
}

#[command(public("a test"), blocking)]
fn an_item_of_a_channel_elsewhere(items: Channel<Until>) {
    for number in 0..3 {
        items.blocking_send(&Until(number)).ok();
    }
}

#[command(public("a test"))]
async fn an_item_if_there_is_room(items: Channel<Until>) {
    for number in 0..3 {
        items.try_send(&Until(number)).ok();
    }
}

/// A number, as long as it is small.
#[derive(Event)]
#[event(public("a test"))]
struct Number(Until);

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[command(public("a test"))]
fn an_event(number: u8, event: Emitter<Number>) {
    event.emit(&Number(Until(number)));
}

static AUTHORITY: Authority = authority! {
    commands: [
        well, the_result, the_error, the_result_elsewhere, an_error_that_cannot_be_shown, an_item_of_a_stream,
        the_error_of_a_stream, an_item_of_a_channel, an_item_of_a_channel_elsewhere, an_item_if_there_is_room, an_event,
    ],
    events: [Number],
    windows: ["main"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads))
}

#[test]
fn when_a_result_or_an_error_is_written() {
    for command in ["the_result", "the_error", "the_result_elsewhere"] {
        watched().panics(command, "", &["panicked"]);
    }
}

/// An error is written, and not shown: nobody asks for its text.
#[test]
fn an_error_is_not_asked_to_show_itself() {
    let watched = watched();
    assert_eq!(watched.call("an_error_that_cannot_be_shown", ""), ["error null"]);
    assert!(watched.told().is_empty());
    watched.serves();
}

/// Whole lines, and the end: what was half written is taken back.
#[test]
fn when_an_item_of_a_stream_is_written() {
    watched().panics("an_item_of_a_stream", "", &["i0", "i1", "f panicked"]);
    watched().panics("the_error_of_a_stream", "", &["i1", "f panicked"]);
}

#[test]
fn when_an_item_of_a_channel_is_written() {
    for command in ["an_item_of_a_channel", "an_item_of_a_channel_elsewhere", "an_item_if_there_is_room"] {
        watched().panics(command, "", &["citems 0", "citems 1", "f panicked"]);
    }
}

/// What has come so far.
fn heard(stream: &mut Stream) -> String {
    let mut text = Vec::new();
    while stream.poll_lines(&mut Context::from_waker(Waker::noop()), &mut text, 1) == Poll::Ready(true) {}
    String::from_utf8(text).unwrap()
}

#[test]
fn when_an_event_is_written_and_its_listeners_go_on() {
    let watched = watched();
    let mut listener = watched.session.listen("number").unwrap();
    watched.panics("an_event", r#"{"number":2}"#, &["panicked"]);
    assert_eq!(heard(&mut listener), "", "nothing of it");
    assert_eq!(watched.call("an_event", r#"{"number":1}"#), ["ok null"]);
    assert_eq!(heard(&mut listener), "i1\n");
}

/// What the host emits itself is the host's own code: its panic is its own.
#[test]
fn when_the_host_emits_its_panic_is_its_own_and_the_event_goes_on() {
    let watched = watched();
    let numbers = watched.gate.emitter::<Number>().unwrap();
    let mut listener = watched.session.listen("number").unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| numbers.emit(&Number(Until(2))))).is_err());
    numbers.emit(&Number(Until(0)));
    assert_eq!(heard(&mut listener), "i0\n");
    watched.serves();
}
