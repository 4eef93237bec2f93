//! One session in many threads, and under executors that are not ours.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use portcullis::{Invoke, prelude::*};
use portcullis_tests::{block_on, call, line};

#[portcullis::command(public("a test"))]
fn count(calls: State<'_, AtomicU32>) -> u32 {
    calls.fetch_add(1, Ordering::SeqCst)
}

#[portcullis::command(public("a test"))]
async fn count_later(calls: State<'_, AtomicU32>, text: &str) -> usize {
    tokio::task::yield_now().await;
    calls.fetch_add(1, Ordering::SeqCst);
    tokio::task::yield_now().await;
    text.len()
}

/// Waits for another thread, which wakes it.
#[portcullis::command(public("a test"))]
async fn woken_from_elsewhere() -> u8 {
    let (send, receive) = tokio::sync::oneshot::channel();
    thread::spawn(move || send.send(7));
    receive.await.unwrap_or(0)
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [count, count_later, woken_from_elsewhere],
    windows: ["main"],
};

fn gate() -> Gate {
    Gate::new(&AUTHORITY).state(AtomicU32::new(0)).build().unwrap()
}

#[test]
fn gates_sessions_and_calls_go_from_thread_to_thread() {
    fn goes<T: Send>() {}
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Gate>();
    is_shared::<Session>();
    is_shared::<Principal>();
    goes::<Invoke<'_>>();
}

#[test]
fn one_session_serves_many_threads_at_once() {
    let session = gate().session(Principal::window("main"));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert!(matches!(call(&session, "count", ""), Reply::Ok(_)));
                    assert_eq!(line(&call(&session, "count_later", r#"{"text":"\u0061b"}"#)), "ok 2");
                }
            });
        }
    });
    assert_eq!(line(&call(&session, "count", "")), "ok 1600");
}

#[test]
fn a_call_wakes_whoever_waits_for_it() {
    let session = gate().session(Principal::window("main"));
    assert_eq!(line(&block_on(session.invoke(Request::json("woken_from_elsewhere", b"")))), "ok 7");
}

#[test]
fn calls_run_beside_each_other_in_tokio() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let session = gate().session(Principal::window("main"));
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let session = session.clone();
            runtime.spawn(async move {
                let request = Request::json("count_later", br#"{"text":"abc"}"#);
                line(&session.invoke(request).await)
            })
        })
        .collect();
    for call in calls {
        assert_eq!(runtime.block_on(call).unwrap(), "ok 3");
    }
    assert_eq!(line(&call(&session, "count", "")), "ok 100");
}
