//! What a command sends while it runs: in order, bounded, and given up with the call.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use portcullis::{Bytes, Channel, SendError, Streaming, prelude::*};
use portcullis_tests::{block_on, call, line, lines};
use serde::Serialize;

use super::blocking::Threads;

#[derive(Default)]
struct Sent(Arc<AtomicUsize>);

#[derive(Serialize)]
struct Done {
    done: usize,
    of: usize,
}

#[portcullis::command(public("a test"))]
async fn import(of: usize, on_progress: Channel<Done>, sent: State<'_, Sent>) -> Result<usize, String> {
    if of == 13 {
        return Err("unlucky".to_owned());
    }
    for done in 1..=of {
        on_progress.send(&Done { done, of }).await.map_err(|error| error.to_string())?;
        sent.0.fetch_add(1, Ordering::SeqCst);
    }
    Ok(of)
}

#[portcullis::command(public("a test"), blocking)]
fn import_elsewhere(of: usize, progress: Channel<usize>, sent: State<'_, Sent>) -> usize {
    for done in 0..of {
        if progress.blocking_send(&done).is_err() {
            return done;
        }
        sent.0.fetch_add(1, Ordering::SeqCst);
    }
    of
}

#[portcullis::command(public("a test"))]
async fn leaks(one: Channel<u8>, two: Channel<String>, kept: State<'_, Kept>) -> &'static str {
    one.send(&1).await.ok();
    two.send(&"zwei".to_owned()).await.ok();
    assert!(matches!(one.try_send(&3), Ok(true)));
    *kept.0.lock().unwrap() = Some(one);
    "over"
}

#[derive(Clone, Default)]
struct Kept(Arc<std::sync::Mutex<Option<Channel<u8>>>>);

#[portcullis::command(public("a test"))]
async fn then_streams(first: Channel<u8>) -> Streaming<u8> {
    first.send(&1).await.ok();
    Streaming::new(Two(2))
}

struct Two(u8);

impl futures_core::Stream for Two {
    type Item = u8;
    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        self.0 += 1;
        Poll::Ready((self.0 < 5).then_some(self.0))
    }
}

/// By its own name, this would not compile.
type Raw = Bytes;

#[portcullis::command(public("a test"))]
async fn then_bytes(first: Channel<u8>) -> Raw {
    first.send(&1).await.ok();
    Bytes::default()
}

/// Goes, while somebody else has yet to send.
#[portcullis::command(public("a test"))]
async fn leaves(items: Channel<u8>, kept: State<'_, Kept>, sent: State<'_, Sent>) -> &'static str {
    *kept.0.lock().unwrap() = Some(items);
    while sent.0.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    "over"
}

#[portcullis::command(public("a test"))]
async fn panics(first: Channel<u8>) -> u8 {
    first.send(&1).await.ok();
    panic!("after an item")
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [import, import_elsewhere, leaks, leaves, then_streams, then_bytes, panics],
    windows: ["main"],
};

fn session() -> (Session, Arc<AtomicUsize>) {
    let sent = Sent::default();
    let count = Arc::clone(&sent.0);
    let gate = Gate::new(&AUTHORITY)
        .state(sent)
        .state(Kept::default())
        .runtime(Threads)
        .explain(false)
        .build()
        .unwrap();
    (gate.session(Principal::window("main")), count)
}

fn said(command: &str, arguments: &str) -> Vec<String> {
    lines(call(&session().0, command, arguments))
}

#[test]
fn items_go_before_the_value() {
    let expected = [r#"conProgress {"done":1,"of":2}"#, r#"conProgress {"done":2,"of":2}"#, "o2"];
    assert_eq!(said("import", r#"{"of":2}"#), expected);
    assert_eq!(said("import_elsewhere", r#"{"of":2}"#), ["cprogress 0", "cprogress 1", "o2"]);
}

#[test]
fn a_call_that_sends_nothing_is_answered_as_any_other() {
    assert_eq!(said("import", r#"{"of":0}"#), ["ok 0"]);
    assert_eq!(said("import", r#"{"of":13}"#), [r#"error "unlucky""#]);
    assert!(said("import", "{}")[0].starts_with("invalid: missing argument `of`"));
}

#[test]
fn a_channel_cannot_be_sent_by_a_caller() {
    assert!(
        said("import", r#"{"of":1,"onProgress":1}"#)[0].starts_with("invalid: unknown argument `onProgress`")
    );
}

#[test]
fn the_call_is_over_with_its_function_whoever_holds_a_channel() {
    let (session, _) = session();
    assert_eq!(lines(call(&session, "leaks", "")), ["cone 1", r#"ctwo "zwei""#, "cone 3", r#"o"over""#]);
}

#[test]
fn a_stream_may_follow() {
    assert_eq!(said("then_streams", ""), ["cfirst 1", "i3", "i4", "z"]);
}

#[test]
fn bytes_may_not() {
    let lines = said("then_bytes", "");
    assert!(lines.len() == 2 && lines[1].starts_with(r#"f{"code":"internal""#), "{lines:?}");
}

#[test]
fn l_panic_settles_after_items() {
    let lines = said("panics", "");
    assert!(lines.len() == 2 && lines[1].starts_with(r#"f{"code":"panicked""#), "{lines:?}");
}

#[test]
fn a_command_waits_for_a_reader_that_does_not_keep_up() {
    let (session, sent) = session();
    let Reply::Stream(mut stream) = call(&session, "import", r#"{"of":1000}"#) else { panic!() };
    assert_eq!(sent.load(Ordering::SeqCst), 16, "as many as there is room for");
    let mut text = Vec::new();
    assert!(block_on(stream.lines(&mut text, 1)));
    assert!(sent.load(Ordering::SeqCst) <= 32);
    while block_on(stream.lines(&mut text, 1)) {}
    assert_eq!(sent.load(Ordering::SeqCst), 1000);
}

#[test]
fn l_cancel_drops_future_of_a_call_with_channels() {
    let (session, sent) = session();
    let Reply::Stream(stream) = call(&session, "import", r#"{"of":1000}"#) else { panic!() };
    drop(stream);
    assert_eq!(sent.load(Ordering::SeqCst), 16);
}

#[test]
fn a_blocking_command_learns_that_nobody_listens() {
    let (session, sent) = session();
    let Reply::Stream(stream) = call(&session, "import_elsewhere", r#"{"of":1000000}"#) else { panic!() };
    drop(stream);
    let mut before = usize::MAX;
    while before != sent.load(Ordering::SeqCst) {
        before = sent.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(20));
    }
    assert!(before < 1000, "it went on");
}

#[test]
fn a_call_ends_with_its_function_whoever_is_about_to_send() {
    let (sent, kept) = (Sent::default(), Kept::default());
    let over = Arc::clone(&sent.0);
    let gate = Gate::new(&AUTHORITY).state(sent).state(kept.clone()).runtime(Threads).build().unwrap();
    let session = gate.session(Principal::window("main"));
    let mut call = Box::pin(session.invoke(Request::json("leaves", b"")));
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Reply::Stream(mut stream)) = call.as_mut().poll(&mut context) else { panic!() };
    let channel = kept.0.lock().unwrap().take().unwrap();
    while channel.try_send(&0).unwrap() {}
    let mut waits = Box::pin(channel.send(&1));
    assert!(waits.as_mut().poll(&mut context).is_pending());
    // This makes room, which is kept for the one that waits: it is never asked again.
    let mut text = Vec::new();
    assert_eq!(stream.poll_lines(&mut context, &mut text, 1), Poll::Ready(true));
    over.store(1, Ordering::SeqCst);
    while stream.poll_lines(&mut context, &mut text, 1) == Poll::Ready(true) {}
    assert!(text.ends_with(b"\no\"over\"\n"), "{}", String::from_utf8_lossy(&text));
}

#[test]
fn nobody_listens_to_a_channel_of_a_call_that_is_over() {
    let (session, _) = session();
    let mut invoke = Box::pin(session.invoke(Request::json("leaks", b"")));
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(reply) = invoke.as_mut().poll(&mut context) else { panic!() };
    assert_eq!(lines(reply).len(), 4);
    let (session, _) = self::session();
    assert_eq!(line(&call(&session, "import", r#"{"of":0}"#)), "ok 0");
    let _: fn(SendError) -> String = |error| error.to_string();
}
