//! Whatever a command does, its call is answered, and the next one too.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use portcullis::{Authority, Channel, Streaming, authority, command};
use portcullis_tauri::GateExt as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;
use tauri::{
    ipc::{CallbackFn, InvokeBody},
    test::INVOKE_KEY,
    webview::InvokeRequest,
};
use tokio::sync::Notify;
use tracing::{Metadata, Subscriber, span};

use crate::page::{Program, Settled, ask, begin, invoke, until};

/// What panics when it is dropped.
struct Falls;

impl Drop for Falls {
    fn drop(&mut self) {
        panic!("in drop");
    }
}

struct Read;

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("in decode")
    }
}

struct Written;

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("in serialize")
    }
}

#[command(public("an example"))]
fn at_once() {
    panic!("on purpose")
}

#[command(public("an example"))]
async fn after_a_wait() {
    tokio::task::yield_now().await;
    panic!("on purpose")
}

#[command(public("an example"), blocking)]
fn on_a_thread() {
    panic!("on purpose")
}

#[command(public("an example"))]
fn in_decode(value: Read) {
    let Read = value;
}

#[command(public("an example"))]
fn in_serialize() -> Written {
    Written
}

#[command(public("an example"))]
async fn in_drop() -> u32 {
    let _falls = Falls;
    tokio::task::yield_now().await;
    1
}

/// Panics when it is given up.
#[command(public("an example"))]
async fn when_dropped(on_step: Channel<u32>) {
    let _falls = Falls;
    let _ = on_step.send(&1).await;
    std::future::pending::<()>().await;
}

#[command(public("an example"))]
async fn with_a_channel(on_step: Channel<u32>) {
    let _ = on_step.send(&1).await;
    panic!("on purpose")
}

#[command(public("an example"))]
fn in_a_stream() -> Streaming<u32> {
    let mut number = 0;
    Streaming::new(futures_util::stream::poll_fn(move |_| {
        number += 1;
        assert!(number < 3, "on purpose");
        std::task::Poll::Ready(Some(number))
    }))
}

#[command(public("an example"))]
fn fine() -> u32 {
    7
}

/// Answers when it is told to.
#[command(public("an example"))]
async fn when_told(told: portcullis::State<'_, Arc<Notify>>) -> u32 {
    told.notified().await;
    7
}

static AUTHORITY: Authority = authority! {
    commands: [
        at_once, after_a_wait, on_a_thread, in_decode, in_serialize, in_drop, when_dropped, with_a_channel, in_a_stream, when_told, fine
    ],
    windows: ["main"],
};

/// `l_panic_settles`
#[test]
fn l_panic_settles() {
    let gate = portcullis_tauri::gate(&AUTHORITY).state(Arc::<Notify>::default()).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    for command in ["at_once", "after_a_wait", "on_a_thread", "in_decode", "in_serialize", "in_drop"] {
        let arguments = if command == "in_decode" { json!({"value": 1}) } else { json!({}) };
        for settled in [invoke(&main, command, arguments.clone()), ask(&main, "open 1 2", command, arguments)]
        {
            assert_eq!(settled.code(), "panicked", "{command}: {settled:?}");
        }
    }
    let plain = invoke(&main, "with_a_channel", json!({"onStep": "__CHANNEL__:3"}));
    assert_eq!(plain.code(), "panicked");
    ask(&main, "open 1 4", "with_a_channel", json!({"onStep": "__CHANNEL__:4"}));
    until(|| program.lines(4).last().is_some_and(|line| line.starts_with(r#"f{"code":"panicked""#)));
    ask(&main, "open 2 5", "in_a_stream", json!({}));
    until(|| program.lines(5).last().is_some_and(|line| line.starts_with(r#"f{"code":"panicked""#)));
    assert_eq!(program.lines(5)[..2], ["i1", "i2"]);
    assert_eq!(invoke(&main, "fine", json!({})), Settled::Resolved(json!(7)));
}

/// `l_panic_settles`
#[test]
fn l_panic_settles_when_a_call_is_given_up() {
    let gate = portcullis_tauri::gate(&AUTHORITY).state(Arc::<Notify>::default()).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    let waits = begin(&main, "call 1", "when_dropped", json!({"onStep": "__CHANNEL__:3"}));
    until(|| !program.heard("main", 3).is_empty());
    ask(&main, "cancel 1", "when_dropped", json!(null));
    assert_eq!(waits.settled().code(), "cancelled");
    until(|| ask(&main, "open 1 4", "when_dropped", json!({})) == Settled::Resolved(json!({"stream": true})));
    portcullis_tauri::test::destroy(&gate, "main");
    assert_eq!(invoke(&main, "fine", json!({})), Settled::Resolved(json!(7)));
}

/// `l_panic_settles`: a window that is gone makes its answer fail, which is nobody else's trouble.
#[test]
fn l_panic_settles_an_answer_that_cannot_be_given_is_nobodys() {
    let told = Arc::new(Notify::new());
    let gate = portcullis_tauri::gate(&AUTHORITY).state(Arc::clone(&told)).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    for command in ["when_told", "fine"] {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: crate::page::HOME.parse().unwrap(),
            body: InvokeBody::default(),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        main.as_ref().clone().on_message(request, Box::new(|_, _, _, _, _| panic!("the window is gone")));
    }
    told.notify_waiters();
    told.notify_one();
    assert_eq!(invoke(&main, "fine", json!({})), Settled::Resolved(json!(7)));
    assert_eq!(invoke(&main, "after_a_wait", json!({})).code(), "panicked");
}

/// Whoever keeps the log, and panics at whatever it is told of the gate.
struct Explodes(Arc<AtomicUsize>);

impl Subscriber for Explodes {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "portcullis"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
        panic!("when it is told")
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// `l_panic_settles`: in a window, a panic here would unwind into the system's own code.
#[test]
fn l_panic_settles_where_the_log_panics() {
    let gate = portcullis_tauri::gate(&AUTHORITY).state(Arc::<Notify>::default()).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    let told = Arc::new(AtomicUsize::new(0));
    // While there is one subscriber alone, a thread that has none may switch an event off for everybody, by coming there first.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    tracing::subscriber::with_default(Explodes(Arc::clone(&told)), || {
        // A session without a capability is told of, and so is an argument that nobody takes: it is ignored, as Tauri does.
        assert_eq!(invoke(&main, "fine", json!({"extra": 1})), Settled::Resolved(json!(7)));
        assert_eq!(told.load(Ordering::SeqCst), 2);
        assert_eq!(invoke(&main, "at_once", json!({})).code(), "panicked");
    });
    assert_eq!(told.load(Ordering::SeqCst), 3);
}

#[test]
fn a_program_that_ends_takes_its_calls_with_it_and_nothing_else() {
    let told = Arc::new(Notify::new());
    let gate = portcullis_tauri::gate(&AUTHORITY).state(Arc::clone(&told)).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    let waits = begin(&main, "call 1", "when_told", json!({}));
    drop((main, program));
    told.notify_one();
    assert_eq!(waits.settled(), Settled::Resolved(json!({"ok": 7})));
}
