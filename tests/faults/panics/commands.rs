//! Panics in commands themselves, wherever they run.

use portcullis::{Channel, Streaming, prelude::*};

use crate::{
    audit::Watched,
    faulty::{From, a_moment},
    runtimes::Threads,
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn at_once() {
    panic!("on purpose")
}

#[command(public("a test"))]
async fn with_the_first_poll() {
    panic!("on purpose")
}

#[command(public("a test"))]
async fn with_a_later_poll() {
    a_moment().await;
    a_moment().await;
    panic!("on purpose")
}

#[command(public("a test"), blocking)]
fn elsewhere() {
    panic!("on purpose")
}

#[command(public("a test"))]
async fn between_items(items: Channel<u8>) {
    items.send(&1).await.ok();
    a_moment().await;
    panic!("on purpose")
}

#[command(public("a test"), blocking)]
fn between_items_elsewhere(items: Channel<u8>) {
    items.blocking_send(&1).ok();
    panic!("on purpose")
}

#[command(public("a test"))]
fn in_a_stream(after: u8) -> Streaming<u8> {
    let mut left = after;
    Streaming::new(From(move || {
        left = left.checked_sub(1).expect("on purpose");
        Some(left)
    }))
}

#[command(public("a test"))]
async fn in_a_stream_after_items(items: Channel<u8>) -> Streaming<u8> {
    items.send(&1).await.ok();
    Streaming::new(From(|| panic!("on purpose")))
}

static AUTHORITY: Authority = authority! {
    commands: [
        well, at_once, with_the_first_poll, with_a_later_poll, elsewhere, between_items, between_items_elsewhere, in_a_stream,
        in_a_stream_after_items,
    ],
    windows: ["main"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads))
}

#[test]
fn in_a_command_wherever_it_runs() {
    for command in ["at_once", "with_the_first_poll", "with_a_later_poll", "elsewhere"] {
        watched().panics(command, "", &["panicked"]);
    }
}

#[test]
fn in_a_command_that_has_sent_items() {
    watched().panics("between_items", "", &["citems 1", "f panicked"]);
    watched().panics("between_items_elsewhere", "", &["citems 1", "f panicked"]);
}

#[test]
fn in_a_stream_at_any_item() {
    watched().panics("in_a_stream", r#"{"after":0}"#, &["f panicked"]);
    watched().panics("in_a_stream", r#"{"after":2}"#, &["i1", "i0", "f panicked"]);
    watched().panics("in_a_stream_after_items", "", &["citems 1", "f panicked"]);
}
