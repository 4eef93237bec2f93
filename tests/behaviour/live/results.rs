//! What comes back, and what may happen to a call that has not come back yet.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::pin,
    sync::atomic::{AtomicU32, Ordering},
    task::{Context, Poll, Waker},
};

use portcullis::{Code, prelude::*};
use portcullis_tests::{block_on, call, line};

#[portcullis::command(public("a test"))]
fn keyed_by_lists() -> BTreeMap<Vec<u8>, u8> {
    BTreeMap::from([(vec![1], 2)])
}

#[portcullis::command(public("a test"))]
async fn fails_with_a_key() -> Result<u8, BTreeMap<Vec<u8>, u8>> {
    Err(BTreeMap::from([(vec![1], 2)]))
}

#[portcullis::command(public("a test"))]
fn not_a_number() -> f64 {
    f64::NAN
}

#[portcullis::command(public("a test"))]
async fn at_once() -> u8 {
    1
}

static STARTED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);

struct Held;

impl Drop for Held {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

#[portcullis::command(public("a test"))]
async fn forever() {
    STARTED.fetch_add(1, Ordering::SeqCst);
    let _held = Held;
    std::future::pending::<()>().await;
}

static RUN: AtomicU32 = AtomicU32::new(0);

#[portcullis::command(public("a test"))]
async fn counted() {
    RUN.fetch_add(1, Ordering::SeqCst);
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [keyed_by_lists, fails_with_a_key, not_a_number, at_once, forever, counted],
    windows: ["main"],
};

fn session() -> Session {
    crate::open(&AUTHORITY, Principal::window("main"))
}

#[test]
fn a_result_that_cannot_be_serialized_is_answered() {
    assert_eq!(line(&call(&session(), "keyed_by_lists", "")), "internal");
    assert_eq!(line(&call(&session(), "fails_with_a_key", "")), "internal");
}

#[test]
fn what_json_has_no_number_for_is_null() {
    assert_eq!(line(&call(&session(), "not_a_number", "")), "ok null");
}

#[test]
fn a_reply_is_exactly_one_of_three() {
    let session = session();
    for (command, key) in [("at_once", "ok"), ("unheard_of", "failed")] {
        let json = call(&session, command, "").to_json().unwrap();
        let json: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&json).unwrap();
        assert_eq!(json.keys().collect::<Vec<_>>(), [key]);
    }
}

#[test]
fn a_call_that_is_asked_again_after_its_answer_says_so() {
    let session = session();
    for command in ["at_once", "not_a_number"] {
        let mut call = pin!(session.invoke(Request::json(command, b"")));
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(call.as_mut().poll(&mut context), Poll::Ready(Reply::Ok(_))));
        let Poll::Ready(again) = call.as_mut().poll(&mut context) else { panic!("it must not wait") };
        assert_eq!(again.failure().unwrap().code(), Code::Internal);
    }
}

#[test]
fn l_cancel_drops_future() {
    let session = session();
    {
        let mut call = pin!(session.invoke(Request::json("forever", b"")));
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!((STARTED.load(Ordering::SeqCst), DROPPED.load(Ordering::SeqCst)), (1, 0));
    }
    assert_eq!(DROPPED.load(Ordering::SeqCst), 1);
}

#[test]
fn an_asynchronous_command_does_not_begin_before_it_is_awaited() {
    let session = session();
    drop(session.invoke(Request::json("counted", b"")));
    assert_eq!(RUN.load(Ordering::SeqCst), 0);
    assert_eq!(line(&block_on(session.invoke(Request::json("counted", b"")))), "ok null");
    assert_eq!(RUN.load(Ordering::SeqCst), 1);
}
