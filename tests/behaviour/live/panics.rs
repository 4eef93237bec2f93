//! `l_panic_settles`: a panic anywhere in a call is answered, and the gate goes on.

use std::{
    future::Future,
    panic::panic_any,
    sync::atomic::{AtomicU32, Ordering},
    task::{Context, Poll, Waker},
};

use portcullis::{Host, HostArgument, Unavailable, prelude::*};
use portcullis_tests::{block_on, call, line};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[portcullis::command(public("a test"))]
fn well() -> u8 {
    1
}

#[portcullis::command(public("a test"))]
fn in_the_body() {
    panic!("a bug")
}

#[portcullis::command(public("a test"))]
async fn before_an_await() {
    assert_eq!(1, 2, "a bug");
    std::future::ready(()).await;
}

#[portcullis::command(public("a test"))]
async fn after_an_await() {
    a_moment().await;
    panic!("a bug")
}

/// Not ready when it is first asked.
async fn a_moment() {
    let mut asked = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut asked, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A result that panics when it goes.
#[derive(Serialize)]
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a bug in drop")
    }
}

#[portcullis::command(public("a test"))]
fn in_drop_of_the_result() -> Bomb {
    Bomb
}

#[portcullis::command(public("a test"))]
async fn in_drop_of_the_error() -> Result<u8, Bomb> {
    a_moment().await;
    Err(Bomb)
}

struct Unspeakable;

impl Serialize for Unspeakable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("a bug in serialize")
    }
}

#[portcullis::command(public("a test"))]
fn in_serialize() -> Unspeakable {
    Unspeakable
}

#[portcullis::command(public("a test"))]
async fn in_serialize_later() -> Result<(), Unspeakable> {
    Err(Unspeakable)
}

struct Unreadable;

impl<'de> Deserialize<'de> for Unreadable {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("a bug in deserialize")
    }
}

#[portcullis::command(public("a test"))]
fn in_deserialize(value: Unreadable) {
    let Unreadable = value;
}

#[portcullis::command(public("a test"))]
async fn in_deserialize_later(value: Unreadable) {
    let Unreadable = value;
}

struct Broken;

impl<'a> HostArgument<'a> for Broken {
    fn take(_: Host<'a>) -> Result<Self, Unavailable> {
        panic!("a bug in a host argument")
    }
}

#[portcullis::command(public("a test"))]
fn in_a_host_argument(broken: Broken) {
    let Broken = broken;
}

#[portcullis::command(public("a test"))]
async fn in_a_host_argument_later(broken: Broken) {
    let Broken = broken;
}

#[portcullis::command(public("a test"))]
fn with_no_text() {
    panic_any(7)
}

#[portcullis::command(public("a test"))]
fn with_text_of_its_own(number: u8) {
    panic!("a bug with {number}")
}

/// What is thrown panics when it goes, with something that does the same, and so on.
struct Chain(u8);

impl Drop for Chain {
    fn drop(&mut self) {
        if self.0 > 0 {
            panic_any(Self(self.0 - 1))
        }
    }
}

#[portcullis::command(public("a test"))]
fn with_a_bomb() {
    panic_any(Chain(1))
}

#[portcullis::command(public("a test"))]
fn with_a_chain_of_bombs() {
    panic_any(Chain(3))
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        well, in_the_body, before_an_await, after_an_await, in_drop_of_the_result, in_drop_of_the_error, in_serialize,
        in_serialize_later, in_deserialize, in_deserialize_later, in_a_host_argument, in_a_host_argument_later,
        with_no_text, with_text_of_its_own, with_a_bomb, with_a_chain_of_bombs,  holds_a_guard, holds_a_bomb,
    ],
    windows: ["main"],
};

/// The reply to a command that panics, at a gate that must answer the next call as well.
fn answer(command: &str, arguments: &str) -> String {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    let answer = line(&call(&session, command, arguments));
    assert_eq!(line(&call(&session, "well", "")), "ok 1", "after `{command}`");
    answer
}

#[test]
fn l_panic_settles_in_a_synchronous_command() {
    assert_eq!(answer("in_the_body", ""), "panicked");
}

#[test]
fn l_panic_settles_in_an_asynchronous_command_before_it_waits() {
    assert_eq!(answer("before_an_await", ""), "panicked");
}

#[test]
fn l_panic_settles_in_an_asynchronous_command_after_it_has_waited() {
    assert_eq!(answer("after_an_await", ""), "panicked");
}

#[test]
fn l_panic_settles_when_a_result_is_dropped() {
    assert_eq!(answer("in_drop_of_the_result", ""), "panicked");
    assert_eq!(answer("in_drop_of_the_error", ""), "panicked");
}

#[test]
fn l_panic_settles_when_a_result_is_serialized() {
    assert_eq!(answer("in_serialize", ""), "panicked");
    assert_eq!(answer("in_serialize_later", ""), "panicked");
}

#[test]
fn l_panic_settles_when_an_argument_is_deserialized() {
    assert_eq!(answer("in_deserialize", r#"{"value":1}"#), "panicked");
    assert_eq!(answer("in_deserialize_later", r#"{"value":1}"#), "panicked");
}

#[test]
fn l_panic_settles_when_a_host_argument_is_made() {
    assert_eq!(answer("in_a_host_argument", ""), "panicked");
    assert_eq!(answer("in_a_host_argument_later", ""), "panicked");
}

/// What a panic says is for the log: it may hold what the caller must not see.
#[test]
fn l_panic_settles_a_caller_is_not_told_what_a_panic_says() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    let reply = call(&session, "with_text_of_its_own", r#"{"number":1}"#);
    assert_eq!(reply.failure().unwrap().message(), None);
}

#[test]
fn l_panic_settles_with_something_that_is_no_text() {
    assert_eq!(answer("with_no_text", ""), "panicked");
}

#[test]
fn l_panic_settles_with_something_that_panics_when_it_goes() {
    assert_eq!(answer("with_a_bomb", ""), "panicked");
}

#[test]
fn l_panic_settles_with_something_that_panics_again_and_again_when_it_goes() {
    assert_eq!(answer("with_a_chain_of_bombs", ""), "panicked");
}

#[test]
fn l_panic_settles_in_a_hook_with_something_that_panics_when_it_goes() {
    for length in [1, 3] {
        let gate = Gate::new(&AUTHORITY).explain(false).on_denial(move |_| panic_any(Chain(length)));
        let session = gate.build().unwrap().session(Principal::window("main"));
        assert_eq!(line(&call(&session, "unheard_of", "")), "denied");
    }
}

static DROPPED: AtomicU32 = AtomicU32::new(0);

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

#[portcullis::command(public("a test"))]
async fn holds_a_guard() {
    let _guard = Guard;
    a_moment().await;
    panic!("a bug")
}

#[test]
fn l_panic_settles_what_a_command_holds_is_dropped_before_the_answer() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&block_on(session.invoke(Request::json("holds_a_guard", b"")))), "panicked");
    assert_eq!(DROPPED.load(Ordering::SeqCst), 1);
}

/// Waits for ever, with something that panics when it goes.
#[portcullis::command(public("a test"))]
async fn holds_a_bomb() {
    let _bomb = Bomb;
    std::future::pending::<()>().await;
}

#[test]
fn l_panic_settles_when_a_call_is_given_up() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    let mut call = Box::pin(session.invoke(Request::json("holds_a_bomb", b"")));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(call);
}
